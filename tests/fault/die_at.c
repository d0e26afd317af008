/* Preloaded into the program under test: it dies by SIGKILL at the Nth call that could leave something behind on the disk.
   DESKHAND_DIE_AT=N chooses the call, DESKHAND_DIE_COUNT=FILE writes down how many there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static long calls = 0, die_at = 0;

__attribute__((constructor)) static void read_wish(void) {
  const char* wish = getenv("DESKHAND_DIE_AT");
  if (wish) die_at = atol(wish);
}
__attribute__((destructor)) static void write_count(void) {
  const char* file = getenv("DESKHAND_DIE_COUNT");
  if (!file) return;
  FILE* out = fopen(file, "w");
  if (out) { fprintf(out, "%ld", calls); fclose(out); }
}
static void step(void) {
  if (++calls == die_at) kill(getpid(), SIGKILL);
}
#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name); step()

ssize_t pwrite64(int fd, const void* data, size_t count, off64_t at) { REAL(ssize_t, "pwrite64", int, const void*, size_t, off64_t); return real(fd, data, count, at); }
ssize_t pwrite(int fd, const void* data, size_t count, off_t at) { REAL(ssize_t, "pwrite", int, const void*, size_t, off_t); return real(fd, data, count, at); }
ssize_t write(int fd, const void* data, size_t count) { REAL(ssize_t, "write", int, const void*, size_t); return real(fd, data, count); }
int fsync(int fd) { REAL(int, "fsync", int); return real(fd); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); return real(fd); }
int link(const char* from, const char* to) { REAL(int, "link", const char*, const char*); return real(from, to); }
int unlink(const char* path) { REAL(int, "unlink", const char*); return real(path); }
int rename(const char* from, const char* to) { REAL(int, "rename", const char*, const char*); return real(from, to); }
int ftruncate64(int fd, off64_t length) { REAL(int, "ftruncate64", int, off64_t); return real(fd, length); }
