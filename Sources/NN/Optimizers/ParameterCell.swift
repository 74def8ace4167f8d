import Autograd
import Localization
import Numbers

/// One cell of a parameter as an optimizer finds it before a step.
public struct ParameterCell: Sendable {
  /// The name of the parameter.
  public let parameter: String
  /// The parameter's value.
  public let value: Double
  /// The gradient's.
  public let gradient: Double
  /// What the optimizer remembers of the cell under PyTorch's names, `exp_avg`; empty before the first step.
  public let memory: [String: Double]

  /// A cell before a step.
  public init(parameter: String = "", value: Double, gradient: Double, memory: [String: Double] = [:]) {
    self.parameter = parameter
    self.value = value
    self.gradient = gradient
    self.memory = memory
  }
}

extension ParameterCell {
  /// A gradient that was kept plus what a step adds to it, with the numbers of one cell.
  package static func sumLine(kept: Double, new: Double, sum: Double) -> String {
    "g ← \(localized("old")) + \(localized("new")) = \(number(kept)) + \(signed(new)) = \(number(sum))"
  }

  /// g plus λ·w with the numbers of this cell, as weight decay changes a gradient.
  func decayLine(_ decay: Double, _ sum: Double, gradient: Double? = nil) -> String {
    "g ← g + λ·w = \(number(gradient ?? self.gradient)) + \(number(decay)) · \(signed(value)) = \(number(sum))"
  }
}

/// A number of a formula.
func number(_ value: Double) -> String { NumberText.term(value) }

/// A number after an operator sign, in parentheses where it is negative.
func signed(_ value: Double) -> String { value < 0 ? "(\(number(value)))" : number(value) }
