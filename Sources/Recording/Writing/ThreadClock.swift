import SystemCalls

/// **Units**: seconds that the calling thread has worked. Waiting for the disk does not count.
@Sendable package func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
