import Trace

/// What the machine's resources are used for at one time.
package struct SystemSample: Sendable, Equatable {
  /// What one process uses.
  package struct Process: Sendable, Equatable {
    /// The processors that it keeps busy: 1 is one of them all the time; nil before there are two measurements.
    package var processors: Double?
    /// **Units**: bytes of memory that it has.
    package var resident: Int
    /// How many threads it has; nil where the system does not say.
    package var threads: Int?

    /// The use of a process.
    package init(processors: Double?, resident: Int, threads: Int?) {
      (self.processors, self.resident, self.threads) = (processors, resident, threads)
    }
  }

  /// What Tapedeck itself uses: of a run in this process, that is the run.
  package var own: Process
  /// What the script uses; nil where none is watched.
  package var script: Process?
  /// What the script's tensors take on devices.
  package var devices: [DeviceMemory]
  /// How many processors the machine has; nil where that is not known.
  package var processorCount: Int?

  /// The use at one time.
  package init(
    own: Process, script: Process? = nil, devices: [DeviceMemory] = [], processorCount: Int? = nil
  ) {
    (self.own, self.script, self.devices, self.processorCount) = (own, script, devices, processorCount)
  }
}
