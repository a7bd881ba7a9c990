#pragma once

// The states live beside the store, which refuses transitions that are not allowed; the run layer names them from here.
#include "core/store/run_state.h"
