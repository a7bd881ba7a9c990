cmake_minimum_required(VERSION 3.25)
# Writes OUTPUT with the version and, inside a Git checkout, the commit; only when it has changed.
set(code_version "${VERSION}")
execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(NOT failed AND commit)
    string(APPEND code_version "+${commit}")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#pragma once\n#define WINNOW_CODE_VERSION \"@code_version@\"\n" @ONLY)
