#pragma once

// Read by moc before every header: it cannot parse libstdc++'s <concepts> (through <compare>) when that is the first
// standard header it meets.
#include <string>
