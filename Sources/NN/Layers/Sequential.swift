import Autograd

/// Modules one after the other, each given the output of the one before.
///
/// ```swift
/// let model = Sequential(
///   Linear(64, 128, generator: &generator), ReLU(), Linear(128, 10, generator: &generator))
/// ```
/// **Shapes**: the first module's input → the last one's output.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html>
public final class Sequential: Module {
  /// The modules inside, by name.
  public let children: [Child]

  /// The modules in order, named `0`, `1` and so on.
  public init(_ modules: any Module...) {
    children = modules.enumerated().map { ("\($0.offset)", $0.element) }
  }

  /// The modules in order under names of their own: `["fc1": …, "relu": …]`.
  public init(_ modules: KeyValuePairs<String, any Module>) {
    children = modules.map { ($0.key, $0.value) }
  }

  /// How many modules there are.
  public var count: Int { children.count }

  /// The module at a place, nil past the end.
  public subscript(index: Int) -> (any Module)? {
    children.indices.contains(index) ? children[index].module : nil
  }

  /// The output for an input.
  public func forward(_ input: Tensor) throws -> Tensor {
    try run(input, at: SourceLocation(file: #fileID, line: #line))
  }

  /// The output for a call at `location`.
  public func run(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try children.reduce(input) { try $1.module.call($0, at: location) }
  }
}
