function(deskhand_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT TEST_SOURCES)
    return()
  endif()
  add_executable(${name} ${TEST_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${name} PRIVATE DESKHAND_SOURCE_DIR="${PROJECT_SOURCE_DIR}" DESKHAND_BINARY="${CMAKE_BINARY_DIR}/deskhand")
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gtest GTest::gtest_main)
  if(NOT CMAKE_CROSSCOMPILING)
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${name}: " PROPERTIES TIMEOUT 600)
  endif()
endfunction()

# tests/unit/<layer>/*.cpp tests runtime/<layer>.
foreach(layer base crm ports reader schema guard procedure toolbox store model agent intake outbox channel app tools)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/unit/${layer}/*.cpp)
  # Tools are tested on a real store: what they promise is what the rows say afterwards.
  deskhand_test(unit_${layer} SOURCES ${sources} LIBRARIES deskhand_${layer} $<$<STREQUAL:${layer},tools>:deskhand_store>)
endforeach()

file(GLOB tidy_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tidy/*.cpp)
deskhand_test(tidy SOURCES ${tidy_sources} LIBRARIES deskhand_base)

# tests/e2e/*.cpp drive the built program or the whole runtime.
file(GLOB e2e_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/e2e/*.cpp)
deskhand_test(e2e SOURCES ${e2e_sources} LIBRARIES deskhand_app)
if(TARGET e2e AND TARGET deskhand)
  add_dependencies(e2e deskhand)
endif()
