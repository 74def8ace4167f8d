/// How a value became NaN, infinite or zero: the way from where it was asked about back to where it began.
public struct Cause: Sendable, Equatable {
  /// What is wrong with a value.
  public enum Defect: String, Sendable, Equatable, Codable {
    case nan, infinite, zero
  }

  /// One node on the way.
  public struct Step: Sendable, Equatable {
    /// When the node had the defect; a seek leads there.
    public var position: Position
    public var node: String
    public var view: TensorView
    /// What was seen there, in words: `3 of 640 values are NaN`.
    public var text: String

    /// A node on the way.
    public init(position: Position, node: String, view: TensorView, text: String) {
      self.position = position
      self.node = node
      self.view = view
      self.text = text
    }
  }

  public var defect: Defect
  /// From what was asked about to the first node that had the defect.
  public var path: [Step]
  /// Why it began there, as a sentence: `log of 0 is -inf`; where the search ended, if it found no beginning.
  public var conclusion: String

  /// The way back to a beginning.
  public init(defect: Defect, path: [Step], conclusion: String) {
    self.defect = defect
    self.path = path
    self.conclusion = conclusion
  }
}
