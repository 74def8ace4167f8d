/// Where and when a run stops: at a node, on a condition, or on a condition at a node.
public struct Breakpoint: Sendable, Equatable, Identifiable, Codable {
  /// Its number, by which the user refers to it.
  public var id: Int
  /// The node it waits at, `fc1.linear`; nil for any.
  public var node: String?
  /// The phases in which it stops; empty for every one in which its node runs.
  public var phases: Set<Phase>
  /// What must hold there; nil for nothing.
  public var condition: Condition?
  /// The line of the user's file at which it waits; nil for none.
  public var line: SourceLine?
  /// Whether it stops where the diagnosis finds something.
  public var stopsAtFindings = false
  /// Whether it stops the run.
  public var isEnabled = true

  /// A line of a file.
  public struct SourceLine: Sendable, Equatable, Codable {
    /// The file's path, or the end of it.
    public var file: String
    /// The line, from 1.
    public var line: Int

    /// A line of a file.
    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  /// A breakpoint.
  public init(id: Int, node: String? = nil, phases: Set<Phase> = [], condition: Condition? = nil) {
    self.id = id
    self.node = node
    self.phases = phases
    self.condition = condition
  }
}
