#include "app/simulate/scene.h"

#include "base/json.h"

namespace deskhand::app::simulate {

void Scene::note(const std::string& broken, std::string_view step) {
  ++told.checks;
  if (broken.empty() || !told.violation.empty()) return;
  told.violation =
      to_iso(today) + ", step " + std::to_string(told.steps) + ", after " + std::string(step) + ": " + broken;
}

toolbox::CallResult Scene::ask(const std::string& tool, const Json& arguments) {
  toolbox::CallResult result = business.call(tool, arguments);
  if (!result.ok && (result.code == Code::internal || result.code == Code::corrupt) && !business.disk_broke())
    note(tool + " failed inside: " + result.error + " " + result.error_detail, "a call");
  if (!result.undo_ref.empty()) undo_refs.push_back(result.undo_ref);
  return result;
}

}  // namespace deskhand::app::simulate
