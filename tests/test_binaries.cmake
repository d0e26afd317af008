if(DESKHAND_PRECOMPILE)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp CONTENT "")
  add_library(deskhand_test_headers STATIC ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp)
  target_link_libraries(deskhand_test_headers PUBLIC deskhand_base GTest::gtest)
  target_precompile_headers(deskhand_test_headers PRIVATE ${DESKHAND_PRECOMPILED} <gtest/gtest.h>)
endif()

function(deskhand_test name)
  cmake_parse_arguments(TEST "APART" "" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT TEST_SOURCES)
    return()
  endif()
  add_executable(${name} ${TEST_SOURCES})
  if(NOT TEST_APART)
    deskhand_join(${name})
    # The "main file" of a joined one is the list of its parts, so every test's class in an unnamed namespace would be warned of.
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage>)
  endif()
  if(TARGET deskhand_test_headers)
    target_precompile_headers(${name} REUSE_FROM deskhand_test_headers)
  endif()
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE DESKHAND_SOURCE_DIR="${PROJECT_SOURCE_DIR}" DESKHAND_BINARY="${CMAKE_BINARY_DIR}/deskhand")
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gtest GTest::gtest_main)
  if(NOT CMAKE_CROSSCOMPILING)
    # A sanitizer makes everything several times slower.
    set(timeout 600)
    if(DESKHAND_SANITIZE)
      set(timeout 2400)
    endif()
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${name}: " PROPERTIES TIMEOUT ${timeout})
  endif()
endfunction()

# A local HTTP server for tests that speak to one: tests/support/vendor_server.
file(GLOB vendor_server_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/support/vendor_server/*.cpp)
add_library(deskhand_vendor_server STATIC EXCLUDE_FROM_ALL ${vendor_server_sources})
target_include_directories(deskhand_vendor_server PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(deskhand_vendor_server PUBLIC deskhand_base OpenSSL::SSL)

# tests/unit/<layer>/*.cpp tests runtime/<layer>. Tests of the reader all call their tables and helpers the same: each file stands apart.
foreach(layer base crm ports reader schema guard procedure toolbox store net model agent intake schedule outbox channel api app tools)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/unit/${layer}/*.cpp)
  # Tools are tested on a real store: what they promise is what the rows say afterwards.
  set(apart)
  if(layer STREQUAL reader)
    set(apart APART)
  endif()
  deskhand_test(unit_${layer} ${apart} SOURCES ${sources} LIBRARIES deskhand_${layer} $<$<STREQUAL:${layer},tools>:deskhand_store> $<$<STREQUAL:${layer},api>:deskhand_app>
                $<$<OR:$<STREQUAL:${layer},net>,$<STREQUAL:${layer},model>,$<STREQUAL:${layer},app>>:deskhand_vendor_server>)
endforeach()

file(GLOB tidy_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tidy/*.cpp)
deskhand_test(tidy SOURCES ${tidy_sources} LIBRARIES deskhand_base)

# tests/e2e/*.cpp drive the built program or the whole runtime.
file(GLOB e2e_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/e2e/*.cpp)
if(TARGET deskhand)
  deskhand_test(e2e SOURCES ${e2e_sources} ${CMAKE_CURRENT_SOURCE_DIR}/support/program.cpp ${CMAKE_CURRENT_SOURCE_DIR}/support/mail_servers.cpp
                ${CMAKE_CURRENT_SOURCE_DIR}/support/token_service.cpp ${CMAKE_CURRENT_SOURCE_DIR}/support/hostile_mails.cpp LIBRARIES deskhand_app deskhand_vendor_server)
    add_dependencies(e2e deskhand)

  # The official MCP client against the program; npm fetches it, so this one test needs the registry.
  add_test(NAME "mcp: official_client_works" COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/mcp/run.sh $<TARGET_FILE:deskhand>)
  set_tests_properties("mcp: official_client_works" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)

  # Every scenario of tests/scenarios is a test of its own.
  file(GLOB scenario_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/scenarios/*_test.cpp)
  deskhand_test(scenarios SOURCES ${scenario_sources} LIBRARIES deskhand_app deskhand_vendor_server)

  # The program killed and raced from outside. A preloaded library and a sanitizer's runtime do not go together.
  file(GLOB fault_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fault/*_test.cpp)
  if(NOT DESKHAND_SANITIZE)
    add_library(die_at SHARED ${CMAKE_CURRENT_SOURCE_DIR}/fault/die_at.c)
    target_link_libraries(die_at PRIVATE ${CMAKE_DL_LIBS})
    deskhand_test(fault_program SOURCES ${fault_sources} ${CMAKE_CURRENT_SOURCE_DIR}/support/program.cpp LIBRARIES deskhand_base)
    target_compile_definitions(fault_program PRIVATE DESKHAND_DIE_AT_LIBRARY="$<TARGET_FILE:die_at>")
    add_dependencies(fault_program deskhand die_at)
  endif()
endif()

# The way of a mail, from its raw bytes to the record, on a real store.
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/conformance/mail/*.cpp)
deskhand_test(conformance_mail SOURCES ${sources} LIBRARIES deskhand_intake deskhand_channel deskhand_store deskhand_tools)

# One suite for every Store, whatever engine; and the store on a failing disk.
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/conformance/store/*.cpp)
deskhand_test(conformance_store SOURCES ${sources} LIBRARIES deskhand_store)
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fault/store/*.cpp)
deskhand_test(fault_store SOURCES ${sources} LIBRARIES deskhand_store)

# tests/fuzz/NAME_fuzz.cpp becomes fuzz_NAME; `./dev fuzz` builds them with clang and runs each for a while.
if(DESKHAND_FUZZ)
  add_custom_target(fuzzers)
  file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/*_fuzz.cpp)
  foreach(source ${fuzz_sources})
    get_filename_component(fuzz_name ${source} NAME_WE)
    string(REPLACE "_fuzz" "" fuzz_name ${fuzz_name})
    add_executable(fuzz_${fuzz_name} ${source})
    target_include_directories(fuzz_${fuzz_name} PRIVATE ${PROJECT_SOURCE_DIR})
    # Only the layers it needs are compiled for it.
    set(fuzz_layers_procedure deskhand_procedure)
    set(fuzz_layers_reader deskhand_reader)
    set(fuzz_layers_mail deskhand_channel deskhand_intake)
    target_link_libraries(fuzz_${fuzz_name} PRIVATE ${fuzz_layers_${fuzz_name}})
    target_link_options(fuzz_${fuzz_name} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers fuzz_${fuzz_name})
  endforeach()
endif()
