import Numbers
import Trace

/// An optimizer with its settings, those of its first group.
package struct OptimizerMessage: Decodable, Sendable, Equatable {
  /// A setting's value: a number, several, or what is not shown.
  enum Value: Decodable, Sendable, Equatable {
    case number(Double)
    case numbers([Double])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if (try? container.decode(Bool.self)) != nil {
        self = .other
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let numbers = try? container.decode([Double].self) {
        self = .numbers(numbers)
      } else {
        self = .other
      }
    }
  }

  let `class`: String
  var settings: [String: Value]?

  /// The settings that are shown, in this order.
  private static let shown = ["lr", "momentum", "betas", "alpha", "weight_decay"]

  /// The optimizer in the status line's words, `SGD lr 0.1 momentum 0.9`.
  var text: String {
    let parts = OptimizerMessage.shown.compactMap { name -> String? in
      switch settings?[name] {
      case .number(let number) where number != 0 || name == "lr": "\(name) \(NumberText.setting(number))"
      case .numbers(let numbers): "\(name) \(numbers.map { NumberText.setting($0) }.joined(separator: ","))"
      case .number, .other, nil: nil
      }
    }
    return ([`class`] + parts).joined(separator: " ").withVisibleControls
  }
}
