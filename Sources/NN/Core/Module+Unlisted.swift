import Autograd

/// What a module holds without listing it: layers in an array, for example, that `children` does not name.
///
/// Such a tensor gets gradients, but no optimizer made with `namedParameters()` trains it, and no file has it.
package struct UnlistedParts {
  /// The tensors that require a gradient, under the names of the properties that lead to them: `layers.0.weight`.
  package private(set) var parameters: [Module.NamedParameter] = []
  /// The modules, named in the same way.
  package private(set) var modules: [Module.Child] = []

  /// The longest way from a module to what it holds.
  private static let depthLimit = 6
  /// How many stored values are looked at: what a module keeps besides layers may be large.
  private var budget = 10_000
  private var seen: Set<ObjectIdentifier> = []

  /// What `model` and the modules inside hold without listing it.
  package init(of model: some Module) {
    let listed = model.namedModules()
    for (_, module) in listed {
      seen.insert(ObjectIdentifier(module))
      for (_, tensor) in module.ownParameters { seen.insert(ObjectIdentifier(tensor)) }
    }
    for (path, module) in listed { visitProperties(of: module, path, depth: 0) }
  }

  private mutating func visitProperties(of value: Any, _ path: String, depth: Int) {
    var mirror: Mirror? = Mirror(reflecting: value)
    while let reflected = mirror {
      // Arrays of numbers are data.
      if reflected.displayStyle == .collection, let first = reflected.children.first?.value,
        !UnlistedParts.mayHoldModules(first)
      {
        return
      }
      for (place, child) in reflected.children.enumerated() {
        visit(child.value, UnlistedParts.join(path, child.label, place, in: reflected), depth: depth + 1)
      }
      mirror = reflected.superclassMirror
    }
  }

  private mutating func visit(_ value: Any, _ path: String, depth: Int) {
    guard budget > 0, depth <= UnlistedParts.depthLimit else { return }
    budget -= 1
    if let tensor = value as? Tensor {
      if tensor.requiresGrad, tensor.isLeaf, seen.insert(ObjectIdentifier(tensor)).inserted {
        parameters.append((path, tensor))
      }
      return
    }
    guard let module = value as? any Module else {
      guard UnlistedParts.mayHoldModules(value) else { return }
      if Mirror(reflecting: value).displayStyle == .class,
        !seen.insert(ObjectIdentifier(value as AnyObject)).inserted
      {
        return
      }
      return visitProperties(of: value, path, depth: depth)
    }
    guard seen.insert(ObjectIdentifier(module)).inserted else { return }
    modules.append((path, module))
    for (name, tensor) in module.ownParameters where seen.insert(ObjectIdentifier(tensor)).inserted {
      parameters.append(("\(path).\(name)", tensor))
    }
    for child in module.children { visit(child.module, "\(path).\(child.name)", depth: depth + 1) }
    visitProperties(of: module, path, depth: depth)
  }

  private static func mayHoldModules(_ value: Any) -> Bool {
    !(value is any Numeric || value is String || value is Bool)
  }

  /// The path of a stored value; elements of a collection have their place for a name, as in PyTorch's `ModuleList`.
  private static func join(_ path: String, _ label: String?, _ place: Int, in mirror: Mirror) -> String {
    // An optional is not a place of its own.
    if mirror.displayStyle == .optional { return path }
    let name = label.map { $0.replacing("$__lazy_storage_$_", with: "") } ?? "\(place)"
    return path.isEmpty ? name : "\(path).\(name)"
  }
}
