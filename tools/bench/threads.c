/* What a second thread is worth on this machine just now, for work of a given length.
 *
 * Runs a loop that touches no memory on one thread, then the same rounds halved between two, and prints the wall time of
 * the second over that of the first. It is 0.50 where both cores are awake and nobody else uses them; on a virtual
 * machine an idle core takes milliseconds to wake, so that short work gains less, whatever program does it.
 *
 *   threads MILLISECONDS
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void *spin(void *rounds) {
    volatile long sum = 0;
    for (long i = 0; i < *(long *)rounds; i++) sum += i;
    return NULL;
}

int main(int count, char **arguments) {
    double wanted = count == 2 ? atof(arguments[1]) : 0;
    if (wanted <= 0) {
        fprintf(stderr, "usage: threads MILLISECONDS\n");
        return 64;
    }
    /* Doubled until it takes that long: the last run is the one that counts. */
    long rounds = 1 << 16;
    double one = 0;
    for (;; rounds *= 2) {
        double start = now();
        spin(&rounds);
        one = now() - start;
        if (one >= wanted / 1.4) break;
    }
    long half = rounds / 2;
    pthread_t other;
    double start = now();
    if (pthread_create(&other, NULL, spin, &half) != 0) return 2;
    spin(&half);
    pthread_join(other, NULL);
    printf("%.3f\n", (now() - start) / one);
    return 0;
}
