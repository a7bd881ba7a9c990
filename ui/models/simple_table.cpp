#include "ui/models/simple_table.h"
