import Autograd
import Localization
import NN
import Trace

/// The names of a model's modules and parameters, by identity.
///
/// Parameters that no module lists are among them: they get gradients too.
struct ModelNames {
  let modules: [ObjectIdentifier: String]
  let parameters: [ObjectIdentifier: String]
  /// All parameters: those that the model lists in its order, then the others.
  let orderedParameters: [Module.NamedParameter]
  private let listed: Set<ObjectIdentifier>
  private let trained: Set<ObjectIdentifier>
  /// Those that the optimizer has, and no part of the model.
  private let foreign: Set<ObjectIdentifier>
  private let optimizer: String

  /// The names in `model`, which `optimizer` trains; the model itself has none.
  init(_ model: any Module, _ optimizer: any Optimizer) {
    let own = model.namedParameters()
    let unlisted = UnlistedParts(of: model)
    var known = Set((own + unlisted.parameters).map { ObjectIdentifier($0.tensor) })
    let others = optimizer.parameters.filter { known.insert(ObjectIdentifier($0.tensor)).inserted }
    orderedParameters = own + unlisted.parameters + others
    foreign = Set(others.map { ObjectIdentifier($0.tensor) })
    listed = Set(own.map { ObjectIdentifier($0.tensor) })
    trained = Set(optimizer.parameters.map { ObjectIdentifier($0.tensor) })
    self.optimizer = optimizer.name
    let named = model.namedModules().filter { !$0.name.isEmpty } + unlisted.modules
    modules = Dictionary(
      named.map { (ObjectIdentifier($0.module), $0.name) }, uniquingKeysWith: { first, _ in first })
    parameters = Dictionary(
      orderedParameters.map { (ObjectIdentifier($0.tensor), $0.name) },
      uniquingKeysWith: { first, _ in first })
  }

  /// No names: those of a graph that has its own.
  init() {
    (modules, parameters, orderedParameters) = ([:], [:], [])
    (listed, trained, foreign, optimizer) = ([], [], [], "")
  }

  /// The names in an experiment's model.
  init(_ experiment: Experiment) { self.init(experiment.model, experiment.optimizer) }

  /// Whether a module lists a parameter.
  func isListed(_ tensor: Tensor) -> Bool { listed.contains(ObjectIdentifier(tensor)) }

  /// Whether the optimizer has a parameter that is in no part of the model.
  func isForeign(_ tensor: Tensor) -> Bool { foreign.contains(ObjectIdentifier(tensor)) }

  /// What keeps a parameter from being trained, in a few words; nil where the optimizer has it.
  func obstacle(toTraining tensor: Tensor) -> String? {
    if trained.contains(ObjectIdentifier(tensor)) { return nil }
    return isListed(tensor) ? localized("not in \(optimizer)") : localized("not listed")
  }

  /// The parameters that no module lists and that are not trained.
  var unlisted: [String] {
    orderedParameters.filter { !isListed($0.tensor) && !trained.contains(ObjectIdentifier($0.tensor)) }
      .map(\.name)
  }

  /// What the user must know of parameters that the optimizer has, though a loss is computed without them; nil for
  /// nothing.
  func warning(ofUnusedIn loss: Tensor) -> String? {
    guard !foreign.isEmpty else { return nil }
    var used: Set<ObjectIdentifier> = []
    var (waiting, seen) = ([loss.node].compactMap { $0 }, Set<ObjectIdentifier>())
    while let node = waiting.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      used.formUnion(node.inputs.map { ObjectIdentifier($0) })
      waiting += node.inputs.compactMap(\.node)
    }
    let names = orderedParameters.filter {
      isForeign($0.tensor) && !used.contains(ObjectIdentifier($0.tensor))
    }
    .map(\.name)
    guard let first = names.first else { return nil }
    let subject = names.count > 1 ? localized("\(first) and \(names.count - 1) more") : first
    return localized(
      """
      \(optimizer) has \(subject), which the model does not use: was its layer replaced after the optimizer was made?
      """)
  }

  /// What the user must know of the parameters; nil where all are listed.
  var warning: String? {
    let names = unlisted
    guard let first = names.first else { return nil }
    guard names.count > 1 else {
      return localized("\(first) is not listed by any module, so \(optimizer) does not train it")
    }
    return
      localized(
        "\(first) and \(names.count - 1) more are not listed by any module, so \(optimizer) does not train them"
      )
  }
}
