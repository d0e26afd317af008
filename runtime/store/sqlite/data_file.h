// The data file's place: made when it is missing, refused in one clear line where a database must not live.
//
// Thread rule: pure over the file system. Source: sqlite.org/howtocorrupt.html (network file systems lose locks);
// statfs(2).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace deskhand::store {

// Resolves links, makes folders and an empty file (for its owner only) unless `read_only`; returns the real path.
Result<std::string> prepare_data_file(const std::string& path, bool read_only);

// "NFS", "SMB", ...; "" for a local file system. `magic` is statfs::f_type, `mount_type` what /proc/self/mountinfo
// calls it.
std::string_view network_file_system(long magic, std::string_view mount_type);

}  // namespace deskhand::store
