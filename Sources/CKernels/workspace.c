#include <pthread.h>
#include <stdlib.h>

#include "kernels.h"

typedef struct {
  void *start;
  long size;
} Workspace;

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void let_go(void *memory) {
  free(((Workspace *)memory)->start);
  free(memory);
}

static void make_key(void) {
  if (pthread_key_create(&key, let_go)) abort();
}

void *tapedeck_workspace(long bytes) {
  static _Thread_local Workspace *own;
  if (!own) {
    pthread_once(&once, make_key);
    own = calloc(1, sizeof *own);
    if (!own || pthread_setspecific(key, own)) abort();
  }
  if (own->size < bytes) {
    free(own->start);
    own->size = (bytes + 4095) / 4096 * 4096;
    // What is never written takes no memory.
    own->start = aligned_alloc(64, (size_t)own->size);
    if (!own->start) abort();
  }
  return own->start;
}
