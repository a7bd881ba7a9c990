cmake_minimum_required(VERSION 3.25)
# Writes OUTPUT with the version and, inside a Git checkout, the commit; only when it has changed.
set(code_version "${VERSION}")
execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(NOT failed AND commit)
    string(APPEND code_version "+${commit}")
    if(commit MATCHES "-dirty$")
        # Two builds of one commit with other changes are other programs: the changes are told apart by their hash.
        execute_process(COMMAND git -C ${SOURCE_DIR} diff --binary HEAD
                        OUTPUT_VARIABLE patch ERROR_QUIET RESULT_VARIABLE no_patch)
        if(NOT no_patch)
            string(SHA256 patch_hash "${patch}")
            string(SUBSTRING "${patch_hash}" 0 12 patch_hash)
            string(APPEND code_version ".${patch_hash}")
        endif()
    endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "#pragma once\n#define WINNOW_CODE_VERSION \"@code_version@\"\n" @ONLY)
