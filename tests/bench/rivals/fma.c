/* What one thread of this processor multiplies and adds at most, in registers: prints operations of float32 a second of it. */
#include <stdio.h>
#include <time.h>

#if defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX2__)
#define BYTES 32
#else
#define BYTES 16
#endif
typedef float vector __attribute__((vector_size(BYTES)));

/* As many sums as hide how long one takes, each by a name of its own: an array would stand in memory. */
#define EACH(DO) DO(a) DO(b) DO(c) DO(d) DO(e) DO(f) DO(g) DO(h) DO(i) DO(j) DO(k) DO(l)
#define SUMS 12
#define BEGIN(sum) vector sum = by;
#define ADD(sum) sum = sum * by + by;
#define KEEP(sum) total += sum[0];

int main(void) {
  const long rounds = 20000000;
  vector by;
  for (int lane = 0; lane < BYTES / 4; lane++) by[lane] = 0.999f;
  EACH(BEGIN)
  clock_t begun = clock();
  for (long round = 0; round < rounds; round++) {
    EACH(ADD)
    __asm__ volatile("");
  }
  double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
  float total = 0;
  EACH(KEEP)
  printf("%.4g %g\n", 2.0 * SUMS * (BYTES / 4) * rounds / seconds, total);
  return 0;
}
