#include "store/sqlite/data_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/text.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kFolders = 64;           // made on the way to the file
constexpr std::size_t kMountLines = 4096;      // of /proc/self/mountinfo
constexpr off_t kSmallestDatabaseBytes = 512;  // SQLite's smallest page
constexpr long kFuseMagic = 0x65735546;

Error cannot(std::string_view doing, const std::string& path, int reason) {
  const std::string name = shorten(printable_line(path), 200);
  switch (reason) {
    case ELOOP:
      return make_error(Code::unavailable,
                        "The data path " + name + " is a loop of symbolic links; name another with --data.");
    case EACCES:
    case EPERM:
      return make_error(Code::unavailable, "There is no permission to " + std::string(doing) + " " + name + ".");
    case EROFS:
      return make_error(Code::unavailable, name + " is on a read-only file system; name another folder with --data.");
    case ENOSPC:
    case EDQUOT:
      return make_error(Code::unavailable, "The disk is full: can't " + std::string(doing) + " " + name + ".");
    case ENOTDIR:
      return make_error(Code::unavailable, "A part of the data path " + name + " is a file and not a folder.");
    case ENAMETOOLONG:
      return make_error(Code::unavailable, "The data path is too long.");
    case ENOENT:
      return make_error(Code::unavailable, "There is no data file " + name + "; run `deskhand init` first.");
    default:
      return make_error(Code::unavailable,
                        "Can't " + std::string(doing) + " " + name + ": " + std::strerror(reason) + ".");
  }
}

Done make_folders(const std::string& folder) {
  std::vector<std::string> missing;
  std::string path = folder;
  struct stat status {};
  while (!path.empty() && missing.size() < kFolders) {
    if (::stat(path.c_str(), &status) == 0) break;
    if (errno != ENOENT) return cannot("open", path, errno);
    missing.push_back(path);
    const std::size_t slash = path.find_last_of('/');
    path = slash == std::string::npos ? "" : path.substr(0, slash);
  }
  for (auto each = missing.rbegin(); each != missing.rend(); ++each) {
    // Only its owner may look: it holds customers' addresses. Another process may have made it just now.
    if (::mkdir(each->c_str(), 0700) != 0 && errno != EEXIST) return cannot("make the folder", *each, errno);
  }
  return {};
}

// The type of the mount that holds `path`: the longest mount point that is its beginning.
std::string mount_type_of(const std::string& path) {
  std::ifstream file("/proc/self/mountinfo");
  std::string line, best, type;
  for (std::size_t count = 0; count < kMountLines && std::getline(file, line); ++count) {
    std::istringstream words(line);
    std::string skip, point, word;
    words >> skip >> skip >> skip >> skip >> point;
    const bool holds =
        path.starts_with(point) && (point == "/" || path.size() == point.size() || path[point.size()] == '/');
    if (!holds || point.size() < best.size()) continue;
    while (words >> word && word != "-") {
    }
    if (words >> word) {
      best = point;
      type = word;
    }
  }
  return type;
}

Done refuse_network(const std::string& real_path) {
  struct statfs status {};
  if (::statfs(real_path.c_str(), &status) != 0) return cannot("look at", real_path, errno);
  const std::string mount_type = status.f_type == kFuseMagic ? mount_type_of(real_path) : std::string{};
  const std::string_view network = network_file_system(static_cast<long>(status.f_type), mount_type);
  if (network.empty()) return {};
  return make_error(Code::unavailable,
                    "The data folder is on a network file system (" + std::string(network) +
                        "), where a database loses data; name a folder on this machine with --data.");
}

Result<std::string> real_path_of(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return cannot("open", path, errno);
  std::string real(resolved);
  std::free(resolved);  // NOLINT: realpath allocates with malloc
  return real;
}

}  // namespace

std::string_view network_file_system(long magic, std::string_view mount_type) {
  switch (static_cast<unsigned long>(magic) & 0xFFFFFFFFul) {
    case 0x6969:
      return "NFS";
    case 0x517B:
    case 0xFF534D42:
    case 0xFE534D42:
      return "SMB";
    case 0x01021997:
      return "9P";
    case 0x5346414F:
      return "AFS";
    case 0x00C36400:
      return "Ceph";
    default:
      break;
  }
  constexpr std::string_view kTypes[] = {"fuse.sshfs",     "fuse.rclone", "fuse.s3fs", "fuse.gcsfuse", "fuse.davfs",
                                         "fuse.glusterfs", "nfs",         "nfs4",      "cifs",         "9p"};
  for (const std::string_view type : kTypes)
    if (mount_type == type) return type;
  return {};
}

Result<std::string> prepare_data_file(const std::string& path, bool read_only) {
  const std::size_t slash = path.find_last_of('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno != ENOENT || read_only) return cannot("open", path, errno);
    Done made = make_folders(folder);
    if (!made) return made.error();
    // Before the file exists: a database on a network file system is not even begun.
    Result<std::string> real_folder = real_path_of(folder);
    if (!real_folder) return real_folder.error();
    Done local = refuse_network(*real_folder);
    if (!local) return local.error();
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return cannot("make the data file", path, errno);
    ::close(file);
  } else if (S_ISDIR(status.st_mode)) {
    return make_error(Code::unavailable, shorten(printable_line(path), 200) + " is a folder and not a data file.");
  } else if (!S_ISREG(status.st_mode)) {
    return make_error(Code::unavailable, shorten(printable_line(path), 200) + " is not an ordinary file.");
  }
  // SQLite takes the first bytes of a database for an empty one and would write over them.
  if (::stat(path.c_str(), &status) == 0 && status.st_size > 0 && status.st_size < kSmallestDatabaseBytes) {
    return make_error(Code::corrupt,
                      "The data file is not a database of Deskhand, or it is damaged; restore the last backup.");
  }
  Result<std::string> real = real_path_of(path);
  if (!real) return real;
  Done local = refuse_network(*real);
  if (!local) return local.error();
  if (::access(real->c_str(), read_only ? R_OK : R_OK | W_OK) != 0)
    return cannot(read_only ? "read" : "write", *real, errno);
  return real;
}

}  // namespace deskhand::store
