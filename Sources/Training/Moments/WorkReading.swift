import Autograd
import Localization
import Numbers
import Trace

/// Works out how a cell of a step's tensors was computed, from the tape.
struct WorkReading {
  private let tape: Tape
  private let reading: TapeReading
  private let names: CellNames
  /// Whether all terms of a sum are wanted, and the tensors that it reads.
  private let allTerms: Bool
  /// How many terms are kept of a long sum.
  private var limit: Int { allTerms ? WorkReading.mostTerms : WorkReading.fewTerms }

  /// The arithmetic of the cells of a tape's tensors; all terms of a sum are many where it is long.
  init(_ tape: Tape, _ reading: TapeReading, allTerms: Bool = false) {
    self.tape = tape
    self.reading = reading
    names = CellNames(reading.graph)
    self.allTerms = allTerms
  }

  private static let fewTerms = 5
  private static let mostTerms = 1024
  /// Reductions of more cells are not written out: the time is better spent.
  private static let largestCall = 1 << 22
  /// Larger tensors are not drawn beside the terms.
  private static let largestPicture = 1 << 20

  /// How a cell of a node's tensor was computed; nil where no rule says it.
  func work(of id: Int, _ view: TensorView, cell: Int) -> CellWork? {
    guard let tensor = reading.tensor(id, view), (0..<tensor.elementCount).contains(cell) else { return nil }
    let name = names.name(id, view, cell, in: tensor.shape)
    let result = tensor.number(at: cell)
    switch view {
    case .value:
      guard let piece = forward(id), let expression = piece.call.work(of: cell) else { return nil }
      return work([(nil, piece, expression)], name: name, result: result)
    case .gradient:
      let pieces = backward(to: id)
      let written = pieces.compactMap { piece in
        piece.call.work(ofGradient: cell, of: piece.input).map { (Optional(piece.source), piece, $0) }
      }
      guard !written.isEmpty, written.count == pieces.count else { return nil }
      let kept = reading.tensors[id].value.flatMap(tape.kept)?.number(at: cell)
      return work(written, kept: kept, name: name, result: result)
    case .update: return nil
    }
  }

  // MARK: Calls

  /// A call whose cells are written out, in forward or in backward.
  private struct Piece {
    let call: CellCall
    /// The node that the call computed.
    let source: Int
    let inputs: [Tensor]
    /// The input whose gradient is asked for.
    var input = 0
    var upstream: Tensor?
  }

  private func forward(_ id: Int) -> Piece? {
    guard let value = reading.tensors[id].value,
      let entry = tape.forward.first(where: { $0.output === value })
    else { return nil }
    return piece(entry, id)
  }

  private func backward(to id: Int) -> [Piece] {
    let places = tape.placesOfNodes
    return tape.backward.flatMap { entry -> [Piece] in
      guard let place = places[ObjectIdentifier(entry.node)], case let forward = tape.forward[place],
        let source = reading.nodeOfTensor[ObjectIdentifier(forward.output)],
        var piece = piece(forward, source)
      else { return [] }
      piece.upstream = entry.upstream
      return zip(forward.inputs, entry.contributions).enumerated().compactMap { input, pair in
        guard pair.1 != nil, reading.nodeOfTensor[ObjectIdentifier(pair.0)] == id else { return nil }
        piece.input = input
        return piece
      }
    }
  }

  private func piece(_ entry: Tape.Forward, _ source: Int) -> Piece? {
    let inputs = entry.inputs.map(reading.asItWasRead)
    guard inputs.reduce(0, { max($0, $1.elementCount) }) <= WorkReading.largestCall else { return nil }
    return Piece(
      call: CellCall(entry.operation, inputs: inputs, output: entry.output.shape), source: source,
      inputs: entry.inputs)
  }

  // MARK: Writing

  private func number(_ place: CellPlace, _ piece: Piece) -> Double {
    switch place.source {
    case .input(let input): piece.call.inputs[input].number(at: place.cell)
    case .upstream: piece.upstream?.number(at: place.cell) ?? 0
    }
  }

  private func operand(_ place: CellPlace, _ piece: Piece) -> CellWork.Operand? {
    node(of: place.source, piece).map { id, view in
      CellWork.Operand(node: reading.graph.nodes[id].name, view: view, cell: place.cell)
    }
  }

  /// The node that has what a call reads, and as what; nil for what no node has.
  private func node(of source: CellPlace.Source, _ piece: Piece) -> (id: Int, view: TensorView)? {
    switch source {
    case .upstream: (piece.source, .gradient)
    case .input(let input):
      reading.nodeOfTensor[ObjectIdentifier(piece.inputs[input])].map { ($0, .value) }
    }
  }

  /// The tensors that a sum reads, with the cells in them.
  private func matrices(_ sum: CellSum, _ piece: Piece) -> [CellWork.OperandMatrix] {
    guard sum.count <= WorkReading.largestPicture else { return [] }
    let places = (0..<sum.count).flatMap { sum.term($0).places }
    var sources: [CellPlace.Source] = []
    for place in places where !sources.contains(place.source) { sources.append(place.source) }
    return sources.compactMap { source in
      let tensor: Tensor? =
        switch source {
        case .upstream: piece.upstream
        case .input(let input): piece.call.inputs[input]
        }
      guard let tensor, (1...WorkReading.largestPicture).contains(tensor.elementCount),
        !reading.partial.contains(ObjectIdentifier(tensor)),
        let (id, view) = node(of: source, piece)
      else { return nil }
      let (name, isTransposed) = names.matrix(id, view)
      return CellWork.OperandMatrix(
        node: reading.graph.nodes[id].name, view: view, name: name, isTransposed: isTransposed,
        columns: tensor.shape.last ?? 1, values: tensor.array(),
        cells: places.lazy.filter { $0.source == source }.map(\.cell))
    }
  }

  private func name(_ place: CellPlace, _ piece: Piece) -> String {
    switch place.source {
    case .upstream: return names.name(piece.source, .gradient, place.cell, in: piece.call.output)
    case .input(let input):
      let tensor = piece.inputs[input]
      guard let id = reading.nodeOfTensor[ObjectIdentifier(tensor)] else {
        let name = reading.furtherNames[ObjectIdentifier(tensor)]
        return name.map { $0 + CellIndex.text(tensor.shape.index(of: place.cell)) }
          ?? NumberText.cell(number(place, piece))
      }
      return names.name(id, .value, place.cell, in: tensor.shape)
    }
  }

  private func writing(_ piece: Piece) -> CellWriting {
    CellWriting(
      termCount: WorkReading.fewTerms, name: { name($0, piece) }, value: { number($0, piece) },
      number: { NumberText.term($0) })
  }

  /// The lines of a cell that one call computed, or of the sum of what several passed on.
  private func work(
    _ pieces: [(source: Int?, piece: Piece, expression: CellExpression)], kept: Double? = nil, name: String,
    result: Double
  ) -> CellWork {
    let isSum = pieces.count > 1 || kept != nil
    var work = CellWork(lines: [], terms: [], termCount: 0, result: result, computed: kept ?? 0)
    var addends: [(name: String, value: Double)] = kept.map { [(localized("old"), $0)] } ?? []
    for (source, piece, expression) in pieces {
      let writing = writing(piece)
      let value = expression.value { number($0, piece) }
      work.computed += value
      for part in expression.parts {
        work.lines.append(line(part.name, part.expression, writing, part.value { number($0, piece) }))
      }
      let label = isSum ? localized("via \(source.map { reading.graph.nodes[$0].name } ?? name)") : name
      work.lines.append(line(label, expression, writing, isSum ? value : result))
      addends.append((pieces.count == 1 ? localized("new") : label, value))
      add(expression, piece, writing, to: &work)
    }
    if isSum {
      let numbers = addends.enumerated().map { place, addend in
        let text = NumberText.term(addend.value)
        return place > 0 && text.hasPrefix("−") ? "(\(text))" : text
      }
      work.lines.append(
        CellWork.Line(
          name: name, symbols: addends.map(\.name).joined(separator: " + "),
          numbers: numbers.joined(separator: " + "), value: result))
    }
    return work
  }

  private func line(_ name: String, _ expression: CellExpression, _ writing: CellWriting, _ value: Double)
    -> CellWork.Line
  {
    CellWork.Line(
      name: name, symbols: writing.symbols(expression), numbers: writing.numbers(expression), value: value)
  }

  private func add(
    _ expression: CellExpression, _ piece: Piece, _ writing: CellWriting, to work: inout CellWork
  ) {
    let sum = expression.mainSum ?? expression.parts.lazy.compactMap { $0.expression.mainSum }.first
    if let sum {
      work.termCount += sum.count
      let shown = writing.shownTerms(sum, limit: limit)
      let isBySample = isBySample(sum, piece)
      work.terms += shown.map { place in
        term(sum.term(place), piece, writing, isBySample: isBySample)
      }
      work.terms.sort { abs($0.value) > abs($1.value) }
      // Of the paths that several gradients take, the first has its tensors shown.
      if allTerms, work.matrices.isEmpty { work.matrices = matrices(sum, piece) }
    }
    // What is added to the sum, such as a bias, can be followed too.
    var seen: Set<CellPlace> = []
    for place in expression.places where seen.insert(place).inserted {
      work.terms.append(term(.cell(place), piece, writing, isBySample: false))
    }
  }

  private func term(
    _ expression: CellExpression, _ piece: Piece, _ writing: CellWriting, isBySample: Bool
  ) -> CellWork.Term {
    CellWork.Term(
      symbols: writing.symbols(expression), numbers: writing.numbers(expression),
      value: expression.value { number($0, piece) },
      operands: expression.places.compactMap { operand($0, piece) },
      row: isBySample ? expression.places.lazy.compactMap { row($0, piece) }.first : nil)
  }

  /// Whether every term of a sum belongs to another row of the batch.
  private func isBySample(_ sum: CellSum, _ piece: Piece) -> Bool {
    guard sum.count > 1 else { return false }
    let first = sum.term(0).places.lazy.compactMap { row($0, piece) }.first
    let second = sum.term(1).places.lazy.compactMap { row($0, piece) }.first
    return first != nil && second != nil && first != second
  }

  /// The row of the batch in which a cell lies; nil in a tensor that has none.
  private func row(_ place: CellPlace, _ piece: Piece) -> Int? {
    let shape: Shape
    switch place.source {
    case .upstream: shape = piece.call.output
    case .input(let input):
      guard let id = reading.nodeOfTensor[ObjectIdentifier(piece.inputs[input])],
        reading.graph.nodes[id].kind != .parameter
      else { return nil }
      shape = piece.inputs[input].shape
    }
    guard let count = tape.batch?.count, shape.rank > 0, shape[0] == count else { return nil }
    return place.cell / max(1, shape.elementCount / count)
  }
}
