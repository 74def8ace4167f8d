/// How a value became NaN, infinite or zero: the path from the chosen value back to where it began.
package struct Cause: Sendable, Equatable, Codable {
  /// What is wrong with a value.
  package enum Defect: String, Sendable, Equatable, Codable {
    case nan, infinite, zero
  }

  /// One node on the path.
  package struct Step: Sendable, Equatable, Codable {
    /// When the node had the defect; a seek leads there.
    package var position: Position
    /// The node's name.
    package var node: String
    /// Which of the node's tensors had the defect.
    package var view: TensorView
    /// The cell that had it, by its index in each dimension; nil where the whole tensor is meant.
    package var index: [Int]?
    /// What was seen there, in words: `= inf` of a cell, `3 NaN of 640` of a tensor.
    package var text: String

    /// A node on the path.
    package init(position: Position, node: String, view: TensorView, index: [Int]? = nil, text: String) {
      self.position = position
      self.node = node
      self.view = view
      self.index = index
      self.text = text
    }
  }

  /// What is wrong with the value.
  package var defect: Defect
  /// From the chosen node to the first node that had the defect.
  package var path: [Step]
  /// Why it began there, as a sentence: `log of 0 is −inf`; where the search ended, if it found no beginning.
  package var conclusion: String

  /// A path back to where a defect began.
  package init(defect: Defect, path: [Step], conclusion: String) {
    self.defect = defect
    self.path = path
    self.conclusion = conclusion
  }
}
