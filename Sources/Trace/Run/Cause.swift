/// How a value became NaN, infinite or zero: the way from where it was asked about back to where it began.
public struct Cause: Sendable, Equatable, Codable {
  /// What is wrong with a value.
  public enum Defect: String, Sendable, Equatable, Codable {
    case nan, infinite, zero
  }

  /// One node on the way.
  public struct Step: Sendable, Equatable, Codable {
    /// When the node had the defect; a seek leads there.
    public var position: Position
    public var node: String
    public var view: TensorView
    /// The cell that had it, by its index in each dimension; nil where the whole tensor is meant.
    public var index: [Int]?
    /// What was seen there, in words: `= inf` of a cell, `3 NaN of 640` of a tensor.
    public var text: String

    /// A node on the way.
    public init(position: Position, node: String, view: TensorView, index: [Int]? = nil, text: String) {
      self.position = position
      self.node = node
      self.view = view
      self.index = index
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
