import Arrays
import Autograd

/// What another program, such as PyTorch, computed and saved: named tensors, and what its file says of them.
public struct Reference {
  /// The tensors by name.
  public var tensors: [String: Tensor]
  /// The types that the file has the tensors in, where they are not those of ``tensors``: bfloat16 is read as float32.
  public var types: [String: ElementType]
  /// Free text by key; `activation` names the function between the layers.
  public var metadata: [String: String]
  /// The tensors that cannot be read, and the type of each as the file has it.
  public var unread: [String: String]

  /// A reference.
  public init(
    _ tensors: [String: Tensor], types: [String: ElementType] = [:], metadata: [String: String] = [:],
    unread: [String: String] = [:]
  ) {
    (self.tensors, self.types, self.metadata, self.unread) = (tensors, types, metadata, unread)
  }

  /// The tensor of a name; nil where there is none that can be read.
  subscript(name: String) -> Tensor? { tensors[name] }

  /// The type that a tensor was saved in; nil where there is no such tensor.
  func type(_ name: String) -> ElementType? { types[name] ?? tensors[name]?.dtype.elementType }

  /// The tensor of a name; nil where the reference has none.
  ///
  /// - Throws: ``BridgeError/elementType(name:got:)`` for one of a type that cannot be read.
  func readable(_ name: String) throws(BridgeError) -> Tensor? {
    if let type = unread[name] { throw .elementType(name: name, got: type) }
    return tensors[name]
  }
}
