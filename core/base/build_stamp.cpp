#include "core/base/build_stamp.h"

const char *winnow_core_build()
{
    return winnow::buildStamp;
}
