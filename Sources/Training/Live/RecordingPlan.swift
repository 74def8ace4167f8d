import Autograd
import Trace

/// Where a run is recorded to, and how its origin is described.
package struct RecordingPlan: Sendable {
  /// Takes the run in from its first step on; nil where nothing is recorded at first.
  package let recorder: (any RunRecorder)?
  /// Opens a recorder for a path that the user gives during the run.
  ///
  /// - Throws: an error whose description is a sentence for the user.
  package let open: (@Sendable (_ path: String) throws -> any RunRecorder)?
  /// The settings of `tapedeck train` as JSON; nil for an experiment of another program.
  package let settings: String?
  /// The version of the program.
  package let program: String
  /// The machine in words.
  package let machine: String
  /// Seconds since 1970.
  package let wallClock: @Sendable () -> Double

  /// A plan; without a recorder nothing is recorded until the user asks for it.
  package init(
    recorder: (any RunRecorder)? = nil, open: (@Sendable (_ path: String) throws -> any RunRecorder)? = nil,
    settings: String? = nil, program: String = "", machine: String = "",
    wallClock: @escaping @Sendable () -> Double = { 0 }
  ) {
    self.recorder = recorder
    self.open = open
    self.settings = settings
    self.program = program
    self.machine = machine
    self.wallClock = wallClock
  }

  /// What an experiment's run is made from.
  ///
  /// - Throws: what reading the data throws.
  func origin(of experiment: Experiment) throws -> RunOrigin {
    RunOrigin(
      description: experiment.description, settings: settings, program: program, machine: machine,
      arithmetic: ArithmeticKernels.definition,
      dataHash: try DataHash.value(of: experiment.trainData.dataset), begun: wallClock())
  }
}
