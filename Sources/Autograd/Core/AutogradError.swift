import Localization

/// What can go wrong in the engine. Carries data only; ``description`` has the wording.
public enum AutogradError: Error, Equatable {
  /// An operator was given shapes it cannot take. `expected` says what it takes.
  case shapes(operator: String, shapes: [Shape], expected: String, location: SourceLocation)
  /// An operator was given element types it cannot take.
  case types(operator: String, types: [DType], expected: String, location: SourceLocation)
  /// A dimension, index or option out of its range.
  case argument(operator: String, name: String, got: String, expected: String, location: SourceLocation)
  /// A label or index out of its range, at a place in the tensor of that shape that it was given in.
  case element(
    operator: String, name: String, got: Int, index: [Int], shape: Shape, expected: String,
    location: SourceLocation)
  /// The number of values does not fill the shape.
  case valueCount(got: Int, shape: Shape, location: SourceLocation)
  /// `item()` on a tensor that does not have exactly one element.
  case notOneElement(shape: Shape, location: SourceLocation)
  /// `backward()` from a tensor that is not a scalar, without an upstream gradient.
  case backwardNeedsScalar(shape: Shape, location: SourceLocation)
  /// `backward()` from a tensor that was not computed from anything that requires a gradient.
  case nothingToDifferentiate(location: SourceLocation)
  /// `backward()` through a graph whose values an earlier backward already released.
  case backwardTwice(operator: String, location: SourceLocation)
  /// A value that backward needs was changed in place since forward.
  case changedInPlace(operator: String, shapes: [Shape], location: SourceLocation)
  /// A leaf that requires a gradient was changed in place outside `noGrad`.
  case leafChangedInPlace(operation: String, shape: Shape, location: SourceLocation)
  /// A recorded result was changed in place outside `noGrad`.
  case resultChangedInPlace(operation: String, shape: Shape, location: SourceLocation)
  /// The gradient's shape is not its tensor's.
  case gradientMismatch(operator: String, got: Shape, expected: Shape, location: SourceLocation)
  /// A `grad` that was set by hand has another shape or type than its tensor; `user` is who came to use it.
  case foreignGradient(user: String, got: Shape, dtype: DType, expected: Shape, expectedType: DType)
  /// The rows that a matrix is made of differ in length.
  case unequalRows(row: Int, got: Int, expected: Int, location: SourceLocation)
}

extension AutogradError: CustomStringConvertible {
  /// The message: what, where, expected and got.
  public var description: String {
    switch self {
    case .shapes(let name, let shapes, let expected, let location):
      localized("\(location): \(name) got \(list(shapes)); it expects \(expected).")
    case .types(let name, let types, let expected, let location):
      localized("\(location): \(name) got \(list(types.map(\.rawValue))); it expects \(expected).")
    case .argument(let name, let argument, let got, let expected, let location):
      localized("\(location): \(name) got \(argument) \(got); it expects \(expected).")
    case .element(let name, let element, let got, let index, _, let expected, let location):
      index.isEmpty
        ? localized("\(location): \(name) got \(element) \(got); it expects \(expected).")
        : localized("\(location): \(name) got \(element) \(got) at \(index); it expects \(expected).")
    case .valueCount(let got, let shape, let location):
      localized(
        "\(location): a tensor of shape \(shape) holds \(shape.elementCount) values, but \(got) were given.")
    case .notOneElement(let shape, let location):
      localized(
        "\(location): item() needs a tensor with one element, but this one has shape \(shape). Pick an element first."
      )
    case .backwardNeedsScalar(let shape, let location):
      localized(
        """
        \(location): backward() starts from a scalar, but this tensor has shape \(shape). Reduce it with sum() or \
        mean(), or pass a gradient of that shape.
        """)
    case .nothingToDifferentiate(let location):
      localized(
        """
        \(location): backward() found nothing to differentiate: no tensor that led here requires a gradient. Set \
        requiresGrad on a leaf, and do not compute inside noGrad.
        """)
    case .backwardTwice(let name, let location):
      localized(
        """
        \(location): backward() reached \(name) a second time, but its saved values were released after the \
        first. Pass retainGraph: true to the first backward(), or run forward again.
        """)
    case .changedInPlace(let name, let shapes, let location):
      localized(
        """
        \(location): \(name) saved \(list(shapes)) for backward, but a value was changed in place since. Change a \
        copy (clone()) instead, or change it after backward().
        """)
    case .leafChangedInPlace(let operation, let shape, let location):
      localized(
        "\(location): \(operation) would change a leaf of shape \(shape) that requires a gradient. Do it inside noGrad { }."
      )
    case .resultChangedInPlace(let operation, let shape, let location):
      localized(
        """
        \(location): \(operation) would change a computed tensor of shape \(shape) that backward() goes through. \
        Change a copy (detach().clone()), or do it inside noGrad { }.
        """)
    case .gradientMismatch(let name, let got, let expected, let location):
      localized("\(location): \(name) got a gradient of shape \(got) for a tensor of shape \(expected).")
    case .foreignGradient(let user, let got, let dtype, let expected, let expectedType):
      localized(
        """
        \(user) found a grad of \(dtype.rawValue) and shape \(got) on a tensor of \(expectedType.rawValue) and \
        shape \(expected). Set grad to a tensor of the same type and shape.
        """)
    case .unequalRows(let row, let got, let expected, let location):
      localized(
        "\(location): the rows of a matrix are equally long, but row 0 has \(expected) values and row \(row) has \(got)."
      )
    }
  }

  private func list(_ items: [some CustomStringConvertible]) -> String {
    items.map(\.description).joined(separator: " " + localized("and") + " ")
  }
}
