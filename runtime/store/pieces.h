// Bytes that came in from outside, kept in rows of at most 512 KiB: what is larger than the room of one row costs no more memory
// than one row while it is written.
//
// Thread rule: part of a Txn. The table has the columns org_id, the key, position and bytes. Codes: those of Session::run().
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/session.h"

namespace deskhand::store {

struct PieceTable {
  std::string_view table, key_column;
};
inline constexpr PieceTable kMailPieces{"inbound_pieces", "mail_id"};
inline constexpr PieceTable kAttachmentPieces{"attachment_pieces", "sha256"};

Done write_pieces(Session& session, const PieceTable& where, std::string_view key, std::string_view bytes);
// nullopt: some of it was blanked by a redaction. Nothing written reads as "".
Result<std::optional<std::string>> read_pieces(Session& session, const PieceTable& where, std::string_view key);

}  // namespace deskhand::store
