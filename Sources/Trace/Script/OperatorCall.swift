/// A call of an operator that ran outside the engine, as the script wrote it.
package struct OperatorCall: Sendable, Equatable, Codable {
  /// A tensor in it, or of its results.
  package struct Tensor: Sendable, Equatable {
    /// The node that computed it, and which of the node's outputs it is.
    package var node: Int
    package var output = 0
    /// The sizes of its dimensions.
    package var shape: [Int]
    /// The element type in PyTorch's word, `bfloat16`.
    package var dtype: String

    /// A tensor of a node.
    package init(node: Int, output: Int = 0, shape: [Int], dtype: String) {
      self.node = node
      self.output = output
      self.shape = shape
      self.dtype = dtype
    }
  }

  /// What an argument is.
  package indirect enum Value: Sendable, Equatable {
    case none
    case flag(Bool)
    case whole(Int)
    case number(Double)
    case text(String)
    case list([Value])
    case tensor(Tensor)
    /// An element type, `float32`.
    case type(String)
    /// `start:stop:step`, as an index.
    case slice([Value])
    case ellipsis
    /// Something else, by its class.
    case other(String)
  }

  /// An argument with its name, where that is known.
  package struct Argument: Sendable, Equatable {
    /// Its name; nil for one that was given by its place.
    package var name: String?
    /// What it is.
    package var value: Value

    /// An argument.
    package init(_ name: String? = nil, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// The node that it computed.
  package var node: Int
  /// The operator in PyTorch's word, `linear`.
  package var operation: String
  /// The arguments in their order.
  package var arguments: [Argument]
  /// What it computed.
  package var results: [Tensor]

  /// A call.
  package init(node: Int, _ operation: String, _ arguments: [Argument], results: [Tensor]) {
    self.node = node
    self.operation = operation
    self.arguments = arguments
    self.results = results
  }

  /// The argument with a name, or at a place where it has none; nil for one that was not given.
  package func value(_ name: String, at place: Int) -> Value? {
    if let named = arguments.first(where: { $0.name == name }) { return named.value }
    guard arguments.indices.contains(place), arguments[place].name == nil else { return nil }
    return arguments[place].value
  }

  /// The tensors in it, in their order.
  package var tensors: [Tensor] { arguments.flatMap(\.value.tensors) }
}

extension OperatorCall.Value {
  /// The tensors in a value.
  package var tensors: [OperatorCall.Tensor] {
    switch self {
    case .tensor(let tensor): [tensor]
    case .list(let parts): parts.flatMap(\.tensors)
    case .none, .flag, .whole, .number, .text, .type, .slice, .ellipsis, .other: []
    }
  }
}

extension OperatorCall.Value: Codable {
  fileprivate enum Key: String, CodingKey { case node, output, shape, dtype, number, slice, ellipsis, other }

  /// Reads a value: JSON's own, or an object for what JSON has not.
  ///
  /// - Throws: what the decoder throws.
  package init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      self = try OperatorCall.Value.object(container)
      return
    }
    if var parts = try? decoder.unkeyedContainer() {
      var values: [OperatorCall.Value] = []
      while !parts.isAtEnd { values.append(try parts.decode(OperatorCall.Value.self)) }
      self = .list(values)
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let whole = try? container.decode(Int.self) {
      self = .whole(whole)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Writes a value as it is read.
  ///
  /// - Throws: what the encoder throws.
  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .none:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .flag(let flag): try flag.encode(to: encoder)
    case .whole(let whole): try whole.encode(to: encoder)
    // JSON does not tell 1.0 from 1.
    case .number(let number) where number.isFinite && number.rounded() != number:
      try number.encode(to: encoder)
    case .number(let number): try ["number": "\(number)"].encode(to: encoder)
    case .text(let text): try text.encode(to: encoder)
    case .list(let parts): try parts.encode(to: encoder)
    case .tensor(let tensor):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(tensor.node, forKey: .node)
      try container.encode(tensor.output, forKey: .output)
      try container.encode(tensor.shape, forKey: .shape)
      try container.encode(tensor.dtype, forKey: .dtype)
    case .type(let word): try ["dtype": word].encode(to: encoder)
    case .slice(let bounds): try ["slice": bounds].encode(to: encoder)
    case .ellipsis: try ["ellipsis": true].encode(to: encoder)
    case .other(let word): try ["other": word].encode(to: encoder)
    }
  }

  private static func object(_ container: KeyedDecodingContainer<Key>) throws -> OperatorCall.Value {
    if container.contains(.node) { return .tensor(try OperatorCall.Tensor(container)) }
    if container.contains(.number) {
      let word = try container.decode(String.self, forKey: .number)
      return .number(Double(word) ?? .nan)
    }
    if container.contains(.slice) {
      return .slice(try container.decode([OperatorCall.Value].self, forKey: .slice))
    }
    if container.contains(.ellipsis) { return .ellipsis }
    if container.contains(.dtype) { return .type(try container.decode(String.self, forKey: .dtype)) }
    return .other(try container.decodeIfPresent(String.self, forKey: .other) ?? "")
  }
}

extension OperatorCall.Tensor {
  fileprivate init(_ container: KeyedDecodingContainer<OperatorCall.Value.Key>) throws {
    node = try container.decode(Int.self, forKey: .node)
    output = try container.decodeIfPresent(Int.self, forKey: .output) ?? 0
    shape = try container.decodeIfPresent([Int].self, forKey: .shape) ?? []
    dtype = try container.decodeIfPresent(String.self, forKey: .dtype) ?? "float32"
  }
}

extension OperatorCall {
  private enum Key: String, CodingKey { case node, operation, arguments, results }

  private struct Result: Codable {
    var shape: [Int]?
    var dtype: String?
  }

  /// Reads a call.
  ///
  /// - Throws: what the decoder throws.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let node = try container.decode(Int.self, forKey: .node)
    self.node = node
    operation = try container.decode(String.self, forKey: .operation)
    var pairs = try container.nestedUnkeyedContainer(forKey: .arguments)
    arguments = []
    while !pairs.isAtEnd {
      var pair = try pairs.nestedUnkeyedContainer()
      let name = try pair.decodeNil() ? nil : try pair.decode(String.self)
      arguments.append(Argument(name, try pair.decode(Value.self)))
    }
    results = try container.decode([Result].self, forKey: .results).enumerated().map {
      Tensor(node: node, output: $0, shape: $1.shape ?? [], dtype: $1.dtype ?? "float32")
    }
  }

  /// Writes a call as it is read.
  ///
  /// - Throws: what the encoder throws.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(node, forKey: .node)
    try container.encode(operation, forKey: .operation)
    var pairs = container.nestedUnkeyedContainer(forKey: .arguments)
    for argument in arguments {
      var pair = pairs.nestedUnkeyedContainer()
      try pair.encode(argument.name)
      try pair.encode(argument.value)
    }
    try container.encode(results.map { Result(shape: $0.shape, dtype: $0.dtype) }, forKey: .results)
  }
}
