import Numbers
import TerminalUI
import Trace

/// What stands above the columns and before the rows of a tensor's numbers: their indices, and where columns are classes
/// or rows are samples, the names of these.
struct NumberHeads {
  private let tensor: TensorSnapshot
  private let classes: [String]
  /// Whether each column is a class.
  let columnsAreClasses: Bool
  private let rowsAreClasses: Bool
  /// The labels of the samples that are the rows; empty where rows are not samples.
  private let labels: [Int?]

  init(_ tensor: TensorSnapshot, _ state: DebuggerState) {
    self.tensor = tensor
    let names = (state.description?.classNames ?? []).map(\.withVisibleControls)
    let shape = tensor.thinning?.shape ?? tensor.shape
    let role = names.isEmpty ? nil : NumberHeads.role(of: tensor.node, state.moment?.graph)
    classes = names
    let isWeight = role == .parameter && shape.count > 1
    columnsAreClasses = role != nil && !isWeight && shape.last == names.count
    rowsAreClasses = isWeight && shape.first == names.count
    let batch = state.moment?.batch
    let node = state.moment?.graph.node(named: tensor.node)
    let areSamples =
      node?.kind != .parameter && shape.count > 1 && shape.first == batch?.count
      && tensor.matrixSize.rows == (tensor.thinning?.rows.count ?? shape.first)
    labels = areSamples && !names.isEmpty ? batch?.samples.map(\.label) ?? [] : []
  }

  /// The columns that the names of rows take; 0 where they have none.
  private var nameWidth: Int {
    rowsAreClasses || !labels.isEmpty ? min(NumberHeads.widestName, classes.map(\.count).max() ?? 0) : 0
  }

  private static let widestName = 12

  /// The columns that the heads of some rows take.
  func rowWidth(_ rows: Range<Int>) -> Int {
    "\(number(ofRow: max(rows.lowerBound, rows.upperBound - 1)))".count + (nameWidth > 0 ? 1 + nameWidth : 0)
  }

  /// The columns that the heads of columns take.
  var columnWidth: Int {
    let last = number(ofColumn: max(0, tensor.matrixSize.columns - 1))
    return max("\(last)".count, columnsAreClasses ? classes.map(\.count).max() ?? 0 : 0)
  }

  /// The head of a row, counted through all matrices: `12`, or with its class or its sample's label `12 versicolor`.
  func row(_ row: Int) -> String {
    let number = number(ofRow: row)
    let label = rowsAreClasses ? number : labels.indices.contains(number) ? labels[number] : nil
    guard nameWidth > 0 else { return "\(number)" }
    return "\(number) " + NumberText.field(String((label.flatMap(name) ?? "").prefix(nameWidth)), nameWidth)
  }

  /// The head of a column.
  func column(_ column: Int) -> String {
    let number = number(ofColumn: column)
    return columnsAreClasses ? name(number) ?? "\(number)" : "\(number)"
  }

  private func name(_ label: Int) -> String? { classes.indices.contains(label) ? classes[label] : nil }

  /// The row's number in its matrix, of a large tensor in the whole of it.
  private func number(ofRow row: Int) -> Int {
    guard let thinning = tensor.thinning else { return row % TensorSlices(tensor).rowsPerSlice }
    return thinning.rows.indices.contains(row) ? thinning.rows[row] : row
  }

  private func number(ofColumn column: Int) -> Int {
    guard let thinning = tensor.thinning, thinning.columns.indices.contains(column) else { return column }
    return thinning.columns[column]
  }

  private enum Role {
    /// The scores of the classes, or what the loss makes of them.
    case scores
    /// A parameter of the layer that computes them.
    case parameter
  }

  /// What a node has to do with the scores of the classes, which are what the loss is given first; nil for nothing.
  private static func role(of name: String, _ graph: ComputationGraph?) -> Role? {
    guard let graph, let node = graph.node(named: name) else { return nil }
    let first = graph.nodes.first { $0.kind == .operation && $0.phase == .loss }
    guard let scores = first?.inputs.first, graph.nodes.indices.contains(scores) else { return nil }
    if node.id == scores || node.kind == .operation && node.phase == .loss { return .scores }
    return graph.nodes[scores].inputs.contains(node.id) && node.kind == .parameter ? .parameter : nil
  }
}
