import Foundation
import Numbers
import Trace

/// What an event file has besides numbers: the graph, the settings, and the events as text.
struct TensorBoardMessages {
  let archive: any RunArchive
  /// **Units**: seconds since 1970. When the run began.
  let begun: Double

  /// The graph of the first step that has one; nil where none was recorded.
  ///
  /// Names become paths, `fc1/linear`, so that a module is one box.
  func graph() throws -> Tensorboard_GraphDef? {
    guard let graph = try archive.graph(at: archive.keyframeSteps.first ?? 1) else { return nil }
    let names = TensorBoardMessages.names(graph.nodes.map(\.name))
    var message = Tensorboard_GraphDef()
    message.versions.producer = 22
    message.node = zip(graph.nodes, names).map { node, name in
      var definition = Tensorboard_NodeDef()
      definition.name = name
      definition.op = node.kind == .parameter ? "Parameter" : node.kind == .input ? "Input" : node.operation
      definition.input = node.inputs.filter(names.indices.contains).map { names[$0] }
      var shape = Tensorboard_TensorShapeProto()
      shape.dim = node.shape.map { size in
        var dimension = Tensorboard_TensorShapeProto.Dim()
        dimension.size = Int64(size)
        return dimension
      }
      var shapes = Tensorboard_AttrValue()
      shapes.list.shape = [shape]
      definition.attr["_output_shapes"] = shapes
      return definition
    }
    return message
  }

  /// Node names as paths that differ from one another; no name may be a part of another's path.
  private static func names(_ names: [String]) -> [String] {
    let paths = names.map { name in
      name.split(separator: ".", maxSplits: 31).map { part in
        String(part.map { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) ? $0 : "_" })
      }.joined(separator: "/")
    }
    let folders = Set(
      paths.flatMap { path in path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) } })
    var used: Set<String> = []
    return paths.map { path in
      var name = path.isEmpty ? "node" : folders.contains(path) ? path + "/out" : path
      var number = 1
      while !used.insert(name).inserted {
        number += 1
        name = "\(path)_\(number)"
      }
      return name
    }
  }

  // MARK: Text

  /// A text that TensorBoard shows as Markdown.
  func text(_ tag: String, _ text: String) -> Tensorboard_Summary.Value {
    var value = Tensorboard_Summary.Value()
    value.tag = tag
    value.tensor.dtype = .dtString
    value.tensor.tensorShape.dim = [.with { $0.size = 1 }]
    value.tensor.stringVal = [Data(text.utf8)]
    value.metadata.pluginData.pluginName = "text"
    return value
  }

  /// The settings as a table in Markdown.
  var settings: String {
    (["| | |", "|---|---|"]
      + hyperparameters.map { name, value in
        "| \(name) | \(TensorBoardMessages.cell(value)) |"
      }).joined(separator: "\n")
  }

  private static func cell(_ value: Hyperparameter) -> String {
    let text =
      switch value {
      case .number(let number): Int(exactly: number).map { "\($0)" } ?? plainText(number)
      case .text(let text): text
      }
    return text.replacingOccurrences(of: "|", with: "\\|").replacingOccurrences(of: "\n", with: " ")
  }

  // MARK: Hyper-parameters

  private enum Hyperparameter {
    case number(Double)
    case text(String)
  }

  /// The settings by name, in order: what the run says of itself, and what its settings say besides.
  private var hyperparameters: [(name: String, value: Hyperparameter)] {
    let run = archive.origin.description
    var result: [(String, Hyperparameter)] = [
      ("data", .text(run.data)), ("network", .text(run.network)), ("optimizer", .text(run.optimizer)),
    ]
    if !run.isScript {
      result += [
        ("batchSize", .number(Double(run.batchSize))), ("epochs", .number(Double(run.epochs))),
        ("seed", .text("\(run.seed)")),
      ]
    }
    let known = Set(result.map(\.0))
    let json = archive.origin.settings.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) }
    let settings = json as? [String: Any]
    for (name, value) in (settings ?? [:]).sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      switch value {
      case let text as String: result.append((name, .text(text)))
      case let number as NSNumber: result.append((name, .number(number.doubleValue)))
      case let list as [Any]: result.append((name, .text(list.map { "\($0)" }.joined(separator: ","))))
      default: break
      }
    }
    return result
  }

  /// The values that tell the hyper-parameters pane of the run.
  func hyperparameterValues(metrics: [String], seconds: Double) throws -> [Tensorboard_Summary.Value] {
    let parameters = hyperparameters
    var experiment = Tensorboard_Experiment()
    experiment.timeCreatedSecs = begun
    experiment.hparamInfos = parameters.map { name, value in
      .with {
        $0.name = name
        if case .number = value { $0.type = .dataTypeFloat64 } else { $0.type = .dataTypeString }
      }
    }
    experiment.metricInfos = metrics.map { tag in .with { $0.name.tag = tag } }
    var start = Tensorboard_SessionStartInfo()
    start.startTimeSecs = begun
    for (name, value) in parameters {
      start.hparams[name] = .with {
        switch value {
        case .number(let number): $0.numberValue = number
        case .text(let text): $0.stringValue = text
        }
      }
    }
    var end = Tensorboard_SessionEndInfo()
    (end.status, end.endTimeSecs) = (archive.isFinished ? .success : .unknown, begun + seconds)
    return try [
      value("_hparams_/experiment", .with { $0.experiment = experiment }),
      value("_hparams_/session_start_info", .with { $0.sessionStartInfo = start }),
      value("_hparams_/session_end_info", .with { $0.sessionEndInfo = end }),
    ]
  }

  private func value(_ tag: String, _ data: Tensorboard_HParamsPluginData) throws -> Tensorboard_Summary.Value
  {
    var value = Tensorboard_Summary.Value()
    value.tag = tag
    // TensorBoard wants a value, and reads only the metadata.
    value.tensor.dtype = .dtFloat
    value.tensor.tensorShape = Tensorboard_TensorShapeProto()
    value.metadata.pluginData.pluginName = "hparams"
    value.metadata.pluginData.content = try data.serializedData()
    return value
  }
}
