#ifndef LATCHKEY_CHEAP_H
#define LATCHKEY_CHEAP_H

// Nothing to call: linking this target makes the process overwrite what it frees (heap.c).

#endif
