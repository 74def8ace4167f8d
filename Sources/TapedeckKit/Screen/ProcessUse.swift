import Foundation

/// What a process has used until now, as the system knows it.
package struct ProcessUse: Sendable, Equatable {
  /// **Units**: seconds of processor time, those of all threads together.
  package var processorSeconds: Double
  /// **Units**: bytes of memory that it has now; where the system does not say, the most that it had.
  package var resident: Int
  /// How many threads it has; nil where the system does not say.
  package var threads: Int?

  /// What this process has used.
  package static var own: ProcessUse? { ProcessUse(of: getpid()) ?? ofResourceUsage }

  #if os(Linux)
    private static let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    private static let pageSize = max(1, sysconf(Int32(_SC_PAGESIZE)))

    /// What another process has used; nil where there is none, or it may not be looked at.
    package init?(of process: Int32) {
      guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
      self.init(stat: String(decoding: data, as: UTF8.self))
    }

    /// What a line of `/proc/PID/stat` says.
    package init?(stat: String) {
      // The name of the program, in parentheses, may have spaces and parentheses too.
      guard let end = stat.lastIndex(of: ")") else { return nil }
      let fields = stat[stat.index(after: end)...].split(separator: " ")
      guard fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]),
        let pages = Int(fields[21])
      else { return nil }
      processorSeconds = (user + system) / ProcessUse.ticksPerSecond
      resident = pages * ProcessUse.pageSize
      threads = Int(fields[17])
    }
  #else
    /// What another process has used: here the system is not asked.
    package init?(of process: Int32) { return nil }
  #endif

  private init(processorSeconds: Double, resident: Int, threads: Int?) {
    (self.processorSeconds, self.resident, self.threads) = (processorSeconds, resident, threads)
  }

  private static var ofResourceUsage: ProcessUse? {
    var usage = rusage()
    // RUSAGE_SELF is 0 everywhere, and has another type on each system.
    guard getrusage(0, &usage) == 0 else { return nil }
    #if canImport(Darwin)
      let unit = 1
    #else
      let unit = 1_024
    #endif
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return ProcessUse(
      processorSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      resident: Int(usage.ru_maxrss) * unit, threads: nil)
  }
}
