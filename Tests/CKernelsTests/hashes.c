// hashes KIND: products, functions and sums of random numbers with one kind of kernels, as hashes that are the same on
// every processor.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "functions.h"
#include "kernels.h"
#include "products.h"

enum { PRODUCTS = 400, MOST = 1 << 18, NUMBERS = 1 << 16 };

static uint64_t state = 2026;

/// SplitMix64.
static uint64_t next(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static long below(long bound) { return (long)(next() % (uint64_t)bound); }
static double number(void) { return ((double)(next() >> 11) * 0x1p-53 - 0.5) * 8; }
static long side(void) { return below(3) ? below(200) : below(12); }

static uint64_t hash;
static void add(const void *bytes, long count) { hash = tapedeck_hash(hash, bytes, count); }
static void tell(const char *name) {
  printf("%-12s %016llx\n", name, (unsigned long long)hash);
  hash = 0;
}

#define CHECKS(TYPE, NAME)                                                                                 \
  static TYPE a_##TYPE[MOST], b_##TYPE[MOST], c_##TYPE[MOST], bias_##TYPE[MOST];                            \
  static void fill_##TYPE(TYPE *target, long count) {                                                      \
    for (long index = 0; index < count; index++) target[index] = (TYPE)number();                           \
  }                                                                                                        \
  static void products_##TYPE(void) {                                                                      \
    fill_##TYPE(bias_##TYPE, 256);                                                                         \
    for (int trial = 0; trial < PRODUCTS; trial++) {                                                       \
      const long rows = side(), columns = side(), inner = below(5) ? side() : below(700);                  \
      const int turnsLeft = below(2), turnsRight = below(2);                                               \
      fill_##TYPE(a_##TYPE, rows * inner);                                                                 \
      fill_##TYPE(b_##TYPE, inner * columns);                                                              \
      fill_##TYPE(c_##TYPE, rows * columns);                                                               \
      const Tapedeck##NAME##Product product = {                                                            \
          rows, inner, columns, {a_##TYPE, turnsLeft ? 1 : inner, turnsLeft ? rows : 1},                   \
          {b_##TYPE, turnsRight ? 1 : columns, turnsRight ? inner : 1}, c_##TYPE, columns,                 \
          below(2) ? bias_##TYPE : 0};                                                                     \
      TYPE *workspace = malloc(TAPEDECK_PRODUCT_WORKSPACE);                                                \
      const long cut = below(rows + 1);                                                                    \
      tapedeck_multiply_##TYPE(&product, (TapedeckRegion){0, cut, 0, columns}, workspace);                 \
      tapedeck_multiply_##TYPE(&product, (TapedeckRegion){cut, rows, 0, columns}, workspace);              \
      free(workspace);                                                                                     \
      add(c_##TYPE, rows * columns * (long)sizeof(TYPE));                                                  \
    }                                                                                                      \
    tell(#TYPE " ·");                                                                                      \
  }                                                                                                        \
  static void functions_##TYPE(void) {                                                                     \
    static void (*const all[])(long, const TYPE *, TYPE *) = {                                             \
        tapedeck_exp_##TYPE, tapedeck_log_##TYPE, tapedeck_log1p_##TYPE, tapedeck_tanh_##TYPE,             \
        tapedeck_sigmoid_##TYPE, tapedeck_erf_##TYPE, tapedeck_sin_##TYPE, tapedeck_cos_##TYPE};           \
    for (int wide = 0; wide < 2; wide++) {                                                                 \
      for (long index = 0; index < NUMBERS; index++) {                                                     \
        a_##TYPE[index] = (TYPE)(number() * (wide ? 40 : 1));                                              \
        b_##TYPE[index] = (TYPE)number();                                                                  \
      }                                                                                                    \
      for (unsigned place = 0; place < sizeof all / sizeof *all; place++) {                                \
        all[place](NUMBERS, a_##TYPE, c_##TYPE);                                                           \
        add(c_##TYPE, sizeof(TYPE) * NUMBERS);                                                             \
      }                                                                                                    \
      tapedeck_pow_##TYPE(NUMBERS, a_##TYPE, b_##TYPE, 1, c_##TYPE);                                       \
      add(c_##TYPE, sizeof(TYPE) * NUMBERS);                                                               \
    }                                                                                                      \
    tell(#TYPE " f");                                                                                      \
  }                                                                                                        \
  static void sums_##TYPE(void) {                                                                          \
    fill_##TYPE(a_##TYPE, MOST);                                                                           \
    for (long count = 0; count < NUMBERS; count += 1 + count / 7) {                                        \
      const double sums[] = {tapedeck_sum_##TYPE(count, a_##TYPE), tapedeck_sum_of_squares_##TYPE(count, a_##TYPE)}; \
      add(sums, sizeof sums);                                                                              \
      const TapedeckStatistics statistics = tapedeck_statistics_##TYPE(count, a_##TYPE);                   \
      const double spread = tapedeck_spread_##TYPE(count, a_##TYPE, 0.125);                                \
      add(&statistics, sizeof statistics), add(&spread, sizeof spread);                                    \
    }                                                                                                      \
    for (long rows = 1; rows < 300; rows += 23) {                                                          \
      for (long columns = 1; columns < 300; columns += 19) {                                               \
        tapedeck_sum_rows_##TYPE(rows, columns, a_##TYPE, c_##TYPE);                                       \
        add(c_##TYPE, rows * (long)sizeof(TYPE));                                                          \
        tapedeck_sum_columns_##TYPE(rows, columns, a_##TYPE, c_##TYPE);                                    \
        add(c_##TYPE, columns * (long)sizeof(TYPE));                                                       \
      }                                                                                                    \
    }                                                                                                      \
    tell(#TYPE " +");                                                                                      \
  }                                                                                                        \
  static void all_##TYPE(void) {                                                                           \
    products_##TYPE();                                                                                     \
    functions_##TYPE();                                                                                    \
    sums_##TYPE();                                                                                         \
  }

CHECKS(float, Float)
CHECKS(double, Double)

int main(int count, char **arguments) {
  if (count < 2 || !tapedeck_use_kernels(atoi(arguments[1]))) return 2;
  all_float();
  all_double();
  return 0;
}
