#pragma once

/// Marks what libwinnow_core offers to the programs and to the engine module.
#define WINNOW_CORE_API __attribute__((visibility("default")))
