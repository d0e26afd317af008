# One library per folder. The names after DEPENDS are the folders it may include from; tests/tidy reads the same
# lines and fails the build when an #include points anywhere else, so this file is the architecture and not a picture of it.
# Read once for the whole build. Parsing these costs more than most of our files; each file still includes what it uses, and
# the fuzzers' build, which reads none of this, proves it.
set(DESKHAND_PRECOMPILED <nlohmann/json.hpp> <tl/expected.hpp> <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <span>
    <sstream> <string> <string_view> <unordered_map> <utility> <variant> <vector>)

# Several files of a folder are compiled as one: most of a file's time goes into templates that its neighbours need as well.
# It asks that names in unnamed namespaces differ within a folder. Off for the fuzzers, whose build so proves that each file includes what it uses.
option(DESKHAND_JOIN "compile several files of a folder at once" ON)
set(DESKHAND_JOINED 6)
function(deskhand_join target)
  if(DESKHAND_JOIN)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${DESKHAND_JOINED})
    # Across so much code GCC 12 takes set optionals for unset; lint's analyser looks for the same and knows better.
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>)
  endif()
endfunction()

# What mostly runs once a turn or once at the start is compiled for size: less of the program has to be in memory. It has a precompiled
# header of its own, since one made for speed is refused.
set(DESKHAND_SMALL schema schedule outbox api app tools)

function(deskhand_layer name)
  cmake_parse_arguments(LAYER "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(name STREQUAL "tools")
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  endif()
  list(FILTER sources EXCLUDE REGEX "/app/main\\.cpp$")
  if(sources)
    add_library(deskhand_${name} STATIC ${sources})
    deskhand_join(deskhand_${name})
    set(scope PUBLIC)
    set(precompiled_by base)
    if(name IN_LIST DESKHAND_SMALL)
      target_compile_options(deskhand_${name} PRIVATE $<$<CONFIG:Release>:-Os>)
      set(precompiled_by schema)
    endif()
    if(DESKHAND_PRECOMPILE AND name STREQUAL precompiled_by)
      target_precompile_headers(deskhand_${name} PRIVATE ${DESKHAND_PRECOMPILED})
    elseif(DESKHAND_PRECOMPILE)
      target_precompile_headers(deskhand_${name} REUSE_FROM deskhand_${precompiled_by})
    endif()
  else()
    add_library(deskhand_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(deskhand_${name} ${scope} ${PROJECT_SOURCE_DIR}/runtime ${PROJECT_SOURCE_DIR})
  foreach(dependency ${LAYER_DEPENDS})
    target_link_libraries(deskhand_${name} ${scope} deskhand_${dependency})
  endforeach()
  target_link_libraries(deskhand_${name} ${scope} ${LAYER_LIBRARIES})
endfunction()
