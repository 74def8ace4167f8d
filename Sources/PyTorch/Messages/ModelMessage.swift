import Trace

/// The models, their parameters, and the optimizers.
package struct ModelMessage: Decodable, Sendable, Equatable {
  /// A model.
  package struct Model: Decodable, Sendable, Equatable {
    var name: String?
    var `class`: String?
  }

  /// A parameter.
  package struct Parameter: Decodable, Sendable, Equatable {
    let name: String
    var device: String?
    var obstacle: String?
  }

  let models: [Model]
  let parameters: [Parameter]
  var optimizers: [OptimizerMessage]?

  /// The models' classes, `Generator, Discriminator`.
  var names: String {
    models.map { ($0.class ?? $0.name ?? "").withVisibleControls }.filter { !$0.isEmpty }.joined(
      separator: ", ")
  }

  /// The devices that hold parameters.
  var devices: String {
    var seen: [String] = []
    for device in parameters.compactMap(\.device) where !seen.contains(device) { seen.append(device) }
    return seen.joined(separator: ", ").withVisibleControls
  }
}
