/// From what a recorded run was made: enough to make it again where the program and the data are.
public struct RunOrigin: Sendable, Equatable, Codable {
  /// What is trained, in the status line's words.
  public var description: RunDescription
  /// The settings of `tapedeck train` as JSON; nil for an experiment of another program.
  public var settings: String?
  /// The version of the program that recorded.
  public var program: String
  /// The machine: processor, system, the kernels of its matrix products.
  public var machine: String
  /// A hash of the training data, to know it by on another machine.
  public var dataHash: UInt64
  /// **Units**: seconds since 1970. When the recording began.
  public var begun: Double

  /// An origin.
  public init(
    description: RunDescription, settings: String?, program: String, machine: String, dataHash: UInt64,
    begun: Double
  ) {
    self.description = description
    self.settings = settings
    self.program = program
    self.machine = machine
    self.dataHash = dataHash
    self.begun = begun
  }
}
