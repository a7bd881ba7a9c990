# The build stamp: a hash over the headers that the programs, libwinnow_core.so and libwinnow_engine.so share, formed anew
# in every build. Parts with different stamps may lay out their structs differently, so they refuse one another.
#   winnow_use_build_stamp(TARGET)   lets the target include build_stamp_value.h
# As a script: cmake -DSOURCE_DIR=.. -DOUTPUT=.. -P WinnowBuildStamp.cmake
if(CMAKE_SCRIPT_MODE_FILE)
    cmake_minimum_required(VERSION 3.25)
    file(GLOB_RECURSE headers RELATIVE ${SOURCE_DIR} ${SOURCE_DIR}/core/*.h)
    # Seen by the engine alone.
    list(FILTER headers EXCLUDE REGEX "^core/(bilevel|engine|kernels|train)/")
    list(SORT headers)
    set(content "")
    foreach(header IN LISTS headers)
        file(SHA256 ${SOURCE_DIR}/${header} hash)
        string(APPEND content "${header} ${hash}\n")
    endforeach()
    string(SHA256 stamp "${content}")
    string(SUBSTRING ${stamp} 0 16 stamp)
    # Written only when it has changed.
    file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#pragma once\n#define WINNOW_HEADERS_HASH \"@stamp@\"\n" @ONLY)
    return()
endif()

include_guard(GLOBAL)
set(build_stamp_script ${CMAKE_CURRENT_LIST_FILE})
set(build_stamp_folder ${PROJECT_BINARY_DIR}/generated/build_stamp)
add_custom_target(winnow_build_stamp
    COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DOUTPUT=${build_stamp_folder}/build_stamp_value.h
            -P ${build_stamp_script}
    BYPRODUCTS ${build_stamp_folder}/build_stamp_value.h
    COMMENT "Looking at the shared headers" VERBATIM)

function(winnow_use_build_stamp target)
    add_dependencies(${target} winnow_build_stamp)
    target_include_directories(${target} PRIVATE ${PROJECT_BINARY_DIR}/generated/build_stamp)
endfunction()
