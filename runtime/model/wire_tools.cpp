#include "model/wire_tools.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/wire_text.h"

namespace deskhand::model {

std::shared_ptr<const std::string> KeptJson::json_of(std::string text) const {
  const std::lock_guard lock(mutex_);
  if (json_ && text == kept_) return json_;
  std::string json;
  append_json(json, text);
  kept_ = std::move(text);
  json_ = std::make_shared<const std::string>(std::move(json));
  return json_;
}

Result<std::shared_ptr<const std::string>> WireTools::text_of(const std::vector<OfferedTool>& offered) const {
  const std::lock_guard lock(mutex_);
  if (text_ && is_same(offered)) return text_;
  if (offered.size() > limits::kModelTools)
    return make_error(Code::invalid_argument, "At most " + std::to_string(limits::kModelTools) + " tools can be offered to a model.");
  std::string text;
  std::set<std::string_view> names;
  for (const OfferedTool& tool : offered) {
    if (!is_wire_tool_name(tool.name) || !names.insert(tool.name).second)
      return make_error(Code::invalid_argument, "The tool \"" + printable_line(tool.name) + "\" can not be offered: a name has 1 to 64 letters, digits, _ or -, and is given once.");
    if (!tool.arguments || !tool.arguments->is_object())
      return make_error(Code::invalid_argument, "The tool " + tool.name + " can not be offered: it has no schema of its arguments.");
    text += text.empty() ? '[' : ',';
    write_(text, tool, shorten(to_utf8(tool.description), limits::kModelToolDescriptionBytes));
  }
  if (!text.empty()) text += ']';
  kept_ = offered;
  text_ = std::make_shared<const std::string>(std::move(text));
  return text_;
}

bool WireTools::is_same(const std::vector<OfferedTool>& offered) const {
  return std::equal(offered.begin(), offered.end(), kept_.begin(), kept_.end(), [](const OfferedTool& left, const OfferedTool& right) {
    return left.arguments == right.arguments && left.name == right.name && left.description == right.description;
  });
}

}  // namespace deskhand::model
