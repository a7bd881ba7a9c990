# Flags and helpers that every target of Winnow uses.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(CMAKE_INSTALL_RPATH "$ORIGIN;$ORIGIN/../lib/winnow")

find_program(WINNOW_CCACHE ccache)
if(WINNOW_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # A precompiled header hits the cache only with this sloppiness. Paths count from the source folder, so that a second clone
    # finds what the first one compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=true
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${WINNOW_CCACHE})
endif()
find_program(WINNOW_MOLD mold)
if(WINNOW_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(winnow_flags INTERFACE)
# -Wno-restrict: GCC 12 warns falsely at -O3 where a literal is joined to a temporary string (GCC bug 105651).
target_compile_options(winnow_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<BOOL:${WINNOW_WERROR}>:-Werror>)
if(WINNOW_SANITIZE)
    add_compile_options(-fsanitize=${WINNOW_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${WINNOW_SANITIZE})
    if(WINNOW_SANITIZE STREQUAL "address")
        add_compile_options(-fsanitize=undefined -fno-sanitize-recover=undefined)
        add_link_options(-fsanitize=undefined)
    endif()
endif()

if(WINNOW_FUZZ)
    if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "WINNOW_FUZZ needs clang: -DCMAKE_CXX_COMPILER=clang++")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()

# winnow_add_test(NAME SOURCES.. [LIBRARIES ..] [LABELS ..]): one GoogleTest program.
function(winnow_add_test name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES;LABELS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE winnow_flags Winnow::core GTest::gtest_main ${ARG_LIBRARIES})
    target_compile_definitions(${name} PRIVATE WINNOW_GOLDEN_DIR="${PROJECT_SOURCE_DIR}/tests/golden"
                                               WINNOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 1200)
endfunction()
