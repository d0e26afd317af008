#include "ports/model.h"

namespace deskhand {

std::string_view name_of(ModelPurpose purpose) {
  switch (purpose) {
    case ModelPurpose::turn:
      return "turn";
    case ModelPurpose::summarise:
      return "summary";
    case ModelPurpose::extract:
      return "extraction";
    case ModelPurpose::draft:
      return "draft";
  }
  return "turn";
}

}  // namespace deskhand
