import Autograd

/// Parameters of an optimizer with a learning rate or a weight decay of their own.
///
/// ```swift
/// let groups = [ParameterGroup(body), ParameterGroup(head, learningRate: 0.01)]
/// let optimizer = SGD(groups: groups, learningRate: 0.1)
/// ```
/// **Source**: <https://pytorch.org/docs/stable/optim.html#per-parameter-options>
public struct ParameterGroup {
  /// The parameters, as of a module's `namedParameters()`.
  public let parameters: [Optimizer.NamedParameter]
  /// The size of a step; nil for the optimizer's.
  public let learningRate: Double?
  /// The weight decay; nil for the optimizer's.
  public let weightDecay: Double?

  /// A group of parameters.
  public init(
    _ parameters: [Optimizer.NamedParameter], learningRate: Double? = nil, weightDecay: Double? = nil
  ) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
  }
}

/// What the groups of an optimizer have of their own.
struct GroupSettings {
  /// The settings of one group; nil for the optimizer's.
  struct Own {
    var learningRate: Double?
    var weightDecay: Double?
  }

  var own: [Own]
  /// The group of each parameter.
  private let groupOfParameter: [Int]
  private let groupOfName: [String: Int]

  /// The settings of groups whose parameters have these names, all different.
  init(_ groups: [ParameterGroup], names: [String]) {
    own = groups.map { Own(learningRate: $0.learningRate, weightDecay: $0.weightDecay) }
    groupOfParameter = groups.enumerated().flatMap { index, group in group.parameters.map { _ in index } }
    groupOfName = Dictionary(zip(names, groupOfParameter), uniquingKeysWith: { first, _ in first })
  }

  subscript(parameter index: Int) -> Own { own[groupOfParameter[index]] }
  subscript(name name: String) -> Own { groupOfName[name].map { own[$0] } ?? Own() }
}
