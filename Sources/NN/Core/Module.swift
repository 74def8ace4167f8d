import Autograd

/// A part of a network: it has parameters, may have further modules inside, and computes an output.
///
/// A module lists its parameters and children itself, under the names they have in `stateDict()`:
///
/// ```swift
/// final class Network: Module {
///   let fc1, fc2: Linear
///   var children: [Child] { [("fc1", fc1), ("fc2", fc2)] }
///   func forward(_ x: Tensor) throws -> Tensor { try fc2(fc1(x).relu()) }
/// }
/// ```
/// Source: <https://pytorch.org/docs/stable/generated/torch.nn.Module.html>
public protocol Module: AnyObject, CustomStringConvertible {
  /// A module inside another, under its name there.
  typealias Child = (name: String, module: any Module)
  /// A parameter under its name.
  typealias NamedParameter = (name: String, tensor: Tensor)

  /// The module's own parameters, those of its children not among them.
  var ownParameters: [NamedParameter] { get }

  /// The modules inside.
  var children: [Child] { get }

  /// What the module remembers that no gradient changes, such as running averages.
  var ownBuffers: [NamedParameter] { get }

  /// The options that ``description`` shows between its brackets.
  var options: String { get }

  /// Switches this module alone to training or evaluation mode; ``train(_:)`` switches a whole network.
  func setTraining(_ isTraining: Bool)

  /// The output for an input.
  func forward(_ input: Tensor) throws -> Tensor

  /// Runs ``forward(_:)`` for a call at `location`; layers that need the place for their errors replace it.
  func run(_ input: Tensor, at location: SourceLocation) throws -> Tensor
}

extension Module {
  /// The parameters, by name.
  public var ownParameters: [NamedParameter] { [] }
  /// The running averages, by name.
  public var ownBuffers: [NamedParameter] { [] }
  /// The modules inside, by name.
  public var children: [Child] { [] }
  /// The options as PyTorch prints them.
  public var options: String { "" }
  /// Switches between training and evaluation.
  public func setTraining(_ isTraining: Bool) {}
  /// The output for a call at `location`.
  public func run(_ input: Tensor, at location: SourceLocation) throws -> Tensor { try forward(input) }

  /// The output for an input, computed under this module's name.
  public func callAsFunction(
    _ input: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try call(input, at: SourceLocation(file: file, line: line))
  }

  /// The output for an input, computed under this module's name for a call at `location`.
  func call(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    guard let observer = ExecutionContext.current.observer else { return try run(input, at: location) }
    observer.willEnter(self)
    defer { observer.didLeave(self) }
    return try run(input, at: location)
  }

  /// Every module in this one, itself first under the name "", with its path: `encoder.fc1`.
  public func namedModules() -> [Child] {
    var found: [Child] = []
    var waiting: [Child] = [("", self)]
    while let (path, module) = waiting.popLast() {
      found.append((path, module))
      for child in module.children.reversed() {
        waiting.append((path.isEmpty ? child.name : "\(path).\(child.name)", child.module))
      }
    }
    return found
  }

  /// Every parameter with its path, `fc1.weight`; a shared one under the first path only.
  public func namedParameters() -> [NamedParameter] {
    named { $0.ownParameters }
  }

  private func named(_ own: (any Module) -> [NamedParameter]) -> [NamedParameter] {
    var seen: Set<ObjectIdentifier> = []
    return namedModules().flatMap { path, module in
      own(module).map { (path.isEmpty ? $0.name : "\(path).\($0.name)", $0.tensor) }
    }.filter { seen.insert(ObjectIdentifier($0.tensor)).inserted }
  }

  /// Every parameter, as optimizers take them.
  public func parameters() -> [Tensor] { namedParameters().map(\.tensor) }

  /// Every buffer with its path, `norm.running_mean`; a shared one under the first path only.
  public func namedBuffers() -> [NamedParameter] { named { $0.ownBuffers } }

  /// Puts the whole network into training mode, or out of it.
  ///
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.train>
  public func train(_ isTraining: Bool = true) {
    for (_, module) in namedModules() { module.setTraining(isTraining) }
  }

  /// Puts the whole network into evaluation mode: no dropout, normalisation by the running averages.
  public func eval() { train(false) }

  /// Clears every parameter's gradient.
  public func zeroGrad() { for parameter in parameters() { parameter.zeroGrad() } }
}

/// A module of the library: its operators report the line of the user's call, not one in here.
public protocol Layer: Module {
  /// The output for an input, for a call at `location`.
  func forward(_ input: Tensor, at location: SourceLocation) throws -> Tensor
}

extension Layer {
  /// The output for a call at `location`.
  public func run(_ input: Tensor, at location: SourceLocation) throws -> Tensor {
    try forward(input, at: location)
  }

  /// The output for an input, without a name of its own in the graph; errors are said to be at the call.
  public func forward(
    _ input: Tensor, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try forward(input, at: SourceLocation(file: file, line: line))
  }

  /// The output for an input where the caller knows only that there is a module, and its own place is not known.
  @_disfavoredOverload
  public func forward(_ input: Tensor) throws -> Tensor {
    try forward(input, at: SourceLocation(file: #fileID, line: #line))
  }
}
