// What every file here that uses GMime shares: starting it, and owning what it gives out.
//
// Thread rule: start_gmime() may be called from any thread, any number of times.
#pragma once

#include <gmime/gmime.h>

#include <memory>

namespace deskhand::channel::email {

void start_gmime();

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
// A GObject we hold a reference of.
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct Free {
  void operator()(void* memory) const { g_free(memory); }
};
using OwnedText = std::unique_ptr<char, Free>;

}  // namespace deskhand::channel::email
