/// What a recorded run was made from: enough to make it again where the program and the data are.
package struct RunOrigin: Sendable, Equatable, Codable {
  /// What is trained, in the status line's words.
  package var description: RunDescription
  /// The settings of `tapedeck train` as JSON; nil for an experiment of another program.
  package var settings: String?
  /// The version of the program that recorded.
  package var program: String
  /// The machine: processor, system, the kernels it computed with.
  package var machine: String
  /// The version of the arithmetic's definition by which the numbers were computed; nil for another program's, and for
  /// recordings from before there was one, whose arithmetic was the machine's.
  package var arithmetic: Int?
  /// A hash of the training data, which identifies it on another machine.
  package var dataHash: UInt64
  /// **Units**: seconds since 1970. When the recording began.
  package var begun: Double

  /// An origin.
  package init(
    description: RunDescription, settings: String?, program: String, machine: String, arithmetic: Int? = nil,
    dataHash: UInt64, begun: Double
  ) {
    self.description = description
    self.settings = settings
    self.program = program
    self.machine = machine
    self.arithmetic = arithmetic
    self.dataHash = dataHash
    self.begun = begun
  }
}
