#include "store/pieces.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kPieceBytes = 512 * 1024;

}  // namespace

Done write_pieces(Session& session, const PieceTable& where, std::string_view key, std::string_view bytes) {
  const std::string sql = "INSERT INTO " + std::string(where.table) + " (org_id, " + std::string(where.key_column) +
                          ", position, bytes) VALUES ($1, $2, $3, $4)";
  for (std::size_t at = 0; at < bytes.size(); at += kPieceBytes) {
    Done stored = session.run(sql, {text(key), number(static_cast<std::int64_t>(at / kPieceBytes)),
                                    blob(bytes.substr(at, kPieceBytes))});
    if (!stored) return stored;
  }
  return {};
}

Result<std::optional<std::string>> read_pieces(Session& session, const PieceTable& where, std::string_view key) {
  std::string bytes;
  bool is_blanked = false;
  Done read = session.run("SELECT bytes FROM " + std::string(where.table) + " WHERE org_id = $1 AND " +
                              std::string(where.key_column) + " = $2 ORDER BY position",
                          {text(key)}, [&](const Row& row) -> Done {
                            is_blanked = is_blanked || row.kind(0) == Row::Kind::null;
                            bytes += row.bytes(0);
                            return {};
                          });
  if (!read) return read.error();
  if (is_blanked) return std::optional<std::string>{};
  return std::optional<std::string>(std::move(bytes));
}

}  // namespace deskhand::store
