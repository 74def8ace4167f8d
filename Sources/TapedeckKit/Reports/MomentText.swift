import Localization
import Numbers
import TerminalUI
import Trace

/// A moment in words or as JSON: what the node pane shows, without a screen.
package struct MomentText {
  private let moment: Moment

  /// A text of a moment.
  package init(_ moment: Moment) { self.moment = moment }

  /// One JSON object; with the tensor's values where `values`.
  package func json(values: Bool) -> String {
    JSON([
      "step": moment.position.step, "phase": moment.position.phase.name,
      // From 1, as on the screen.
      "nodeOfPhase": moment.position.node + 1, "ran": moment.current.map { moment.graph.nodes[$0].name },
      "optimizer": moment.optimizer, "loss": moment.loss,
      "tensor": moment.focus.map { MomentText.object($0, values: values) },
      "bridge": moment.explanation.map(MomentText.object),
      "nodes": zip(moment.graph.nodes, moment.states).map { node, state in
        JSON(["name": node.name, "valueNorm": state.valueNorm, "gradientNorm": state.gradientNorm])
      },
      "parameters": moment.parameters.map { parameter in
        JSON([
          "name": parameter.name, "weightNorm": parameter.weightNorm,
          "gradientNorm": parameter.gradientNorm, "updateRatio": parameter.updateRatio,
          "updateNorm": parameter.updateNorm,
        ])
      },
      "batch": (moment.batch?.samples ?? []).map { sample in
        JSON([
          "index": sample.index, "label": sample.label, "prediction": sample.prediction,
          "probability": sample.probability,
        ])
      },
      "figures": moment.figures.map { FiguresText($0).json },
    ]).text()
  }

  private static func object(_ tensor: TensorSnapshot, values isListed: Bool) -> JSON {
    let statistics = tensor.statistics
    return JSON([
      "node": tensor.node, "view": tensor.view.rawValue, "shape": tensor.shape, "count": statistics.count,
      "minimum": statistics.minimum, "maximum": statistics.maximum, "mean": statistics.mean,
      "deviation": statistics.deviation, "norm": statistics.norm, "zeroShare": statistics.zeroShare,
      "nanCount": statistics.nanCount, "infiniteCount": statistics.infiniteCount,
      "values": isListed ? tensor.values : nil,
    ])
  }

  private static func object(_ explanation: Explanation) -> JSON {
    JSON([
      "numpy": explanation.numpy, "notes": explanation.notes, "pytorch": explanation.pytorch,
      "formula": explanation.formula,
      "derivative": explanation.derivative, "update": explanation.update,
      "accumulation": explanation.accumulation, "zeroGrad": explanation.zeroGrad,
      "cell": explanation.work.map { CellWorkText($0).json() },
      "contributions": explanation.contributions.map { piece in
        JSON([
          "source": piece.source, "target": piece.target, "upstreamShape": piece.upstreamShape,
          "upstreamNorm": piece.upstreamNorm, "shape": piece.shape, "norm": piece.norm,
          "number": piece.number, "count": piece.count, "kept": piece.kept,
        ])
      },
    ])
  }

  /// Lines for people; with the tensor's values, one row per line, where `values`.
  package func lines(values: Bool) -> [String] {
    let position = moment.position
    var lines = [
      localized("step \(position.step)") + "  \(position.phase.name)  "
        + localized("node \(position.node + 1)")
    ]
    if let name = moment.current.map({ moment.graph.nodes[$0].name }) { lines[0] += "  \(name)" }
    if let loss = moment.loss { lines[0] += "  loss \(NumberText.loss(Double(loss)))" }
    if let tensor = moment.focus {
      lines += [
        "\(tensor.node)  \(tensor.view.word)  \(tensor.shape)", statistics(tensor.statistics),
        histogram(tensor.values),
      ]
      if values { lines += rows(tensor) }
    }
    return lines + bridge
  }

  private func statistics(_ statistics: TensorStatistics) -> String {
    let numbers = [
      (localized("min"), statistics.minimum), (localized("max"), statistics.maximum),
      (localized("mean"), statistics.mean),
      ("σ", statistics.deviation), (localized("norm"), statistics.norm),
    ].map { "\($0) \(statistics.count == 0 ? "—" : NumberText.measure(Double($1)))  " }.joined()
    return numbers + localized("zero") + " \(NumberText.percent(Double(statistics.zeroShare)))  "
      + "NaN \(statistics.nanCount)  inf \(statistics.infiniteCount)"
  }

  /// The finite values in sixteen equal bins from the least to the greatest.
  private func histogram(_ values: [Float]) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return localized("histogram: no finite value")
    }
    guard low < high else { return localized("histogram: all \(NumberText.measure(Double(low)))") }
    var counts = [Int](repeating: 0, count: 16)
    // In double precision the distance of two single ones is always finite.
    let (start, width) = (Double(low), Double(high) - Double(low))
    for value in finite { counts[Int(bounded: (Double(value) - start) / width * 16, to: 0...15)] += 1 }
    return localized("histogram \(counts.map(String.init).joined(separator: " "))")
  }

  private func rows(_ tensor: TensorSnapshot) -> [String] {
    let (rows, columns) = tensor.matrixSize
    return (0..<rows).map { row in
      tensor.values[row * columns..<(row + 1) * columns].map(plainText).joined(separator: " ")
    }
  }

  private var bridge: [String] {
    guard let explanation = moment.explanation else { return [] }
    var lines = explanation.numpy.map { line("NumPy", $0) } + explanation.notes.map { line("", $0) }
    lines += [
      explanation.pytorch.map { line("PyTorch", $0) },
      explanation.formula.map { line(localized("formula"), $0) },
      explanation.derivative.map { line(localized("chain"), $0) },
    ].compactMap { $0 }
    lines += explanation.contributions.map { piece in
      func norm(_ value: Float) -> String { "‖\(NumberText.measure(Double(value)))‖" }
      return line(
        "",
        localized("upstream")
          + " \(piece.upstreamShape) \(norm(piece.upstreamNorm)) → \(piece.target) \(piece.shape) "
          + "\(norm(piece.norm)), " + localized("accumulated") + " "
          + localized("\(piece.number) of \(piece.count)")
          + (piece.kept.map { localized(", added to \(norm($0)) kept") } ?? ""))
    }
    lines += (explanation.zeroGrad + explanation.accumulation).map { line(localized("gradient"), $0) }
    lines += (explanation.work.map { CellWorkText($0).lines(all: false) } ?? []).map {
      line(localized("cell"), $0)
    }
    return lines + explanation.update.map { line("update", $0) }
  }

  /// A line with a word at its left.
  private func line(_ label: String, _ text: String) -> String {
    label + String(repeating: " ", count: max(1, 1 + localized("gradient").count - label.count)) + text
  }
}
