import GRDB
import Localization
import Trace

/// What happened in a run, and what it looked like: graphs, epochs, events, pictures.
extension Checker {
  mutating func checkGraphs() {
    var known: Set<Int> = []
    each(Schema.graphs, "id, structure", as: "graphs") { fields, _ in
      let id = try fields.integer(Int.min...Int.max)
      _ = try ComputationGraph(stored: try fields.blob(), fields)
      known.insert(id)
    }
    check.graphs = known.count
    each(Schema.graphSpans, "first, graph", as: "graph_spans") { fields, id in
      _ = try fields.step()
      guard let graph = try fields.optionalInteger(1...1 << 40), !known.contains(graph) else { return }
      throw StoredFields.Defect(
        place: "graph_spans, row \(id)", expected: localized("a graph of the file"),
        got: localized("graph \(graph)"))
    }
  }

  mutating func checkEvents() {
    var (epochs, events): (Int, [RunEvent.Kind: Int]) = (0, [:])
    each(
      Schema.epochs,
      "epoch, iteration, loss, validation_loss, train_accuracy, validation_accuracy, seconds"
    ) { fields, _ in
      _ = try RecordingReader.epoch(&fields)
      epochs += 1
    }
    each(Schema.events, "kind, iteration, phase, place, node, text, change") { fields, _ in
      events[try RecordingReader.event(&fields).kind, default: 0] += 1
    }
    var (pictures, steps): (Int, Set<Int>) = (0, [])
    each(
      Schema.thumbnails, "iteration, node, view, shape, rows, columns, minimum, maximum, levels"
    ) { fields, _ in
      steps.insert(try fields.step())
      _ = try RecordingReader.thumbnail(&fields)
      pictures += 1
    }
    (check.epochs, check.events) = (epochs, events)
    (check.thumbnails, check.thumbnailSteps) = (pictures, steps.count)
  }
}
