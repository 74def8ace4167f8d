import GRDB
import Trace

/// What happened in a run, and what it looked like: graphs, epochs, events, pictures.
extension Surveyor {
  mutating func surveyGraphs() {
    var known: Set<Int> = []
    each(Schema.graphs, "structure", as: "graphs") { fields, id in
      _ = try ComputationGraph(stored: try fields.blob(), fields)
      known.insert(Int(id))
    }
    survey.graphs = known.count
    each(Schema.graphSpans, "first, graph", as: "graph_spans") { fields, id in
      _ = try fields.iteration()
      guard let graph = try fields.optionalInteger(1...1 << 40), !known.contains(graph) else { return }
      throw StoredFields.Defect(
        place: "graph_spans, row \(id)", expected: "a graph of the file", got: "graph \(graph)")
    }
  }

  mutating func surveyHappenings() {
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
    var (pictures, iterations): (Int, Set<Int>) = (0, [])
    each(
      Schema.thumbnails, "iteration, node, view, shape, rows, columns, minimum, maximum, levels"
    ) { fields, _ in
      iterations.insert(try fields.iteration())
      _ = try RecordingReader.thumbnail(&fields)
      pictures += 1
    }
    (survey.epochs, survey.events) = (epochs, events)
    (survey.thumbnails, survey.thumbnailIterations) = (pictures, iterations.count)
  }
}
