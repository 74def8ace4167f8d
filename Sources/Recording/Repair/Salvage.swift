import GRDB

/// All rows that a damaged file still has, table by table.
struct Salvage {
  private(set) var rows: [String: [SalvagedRow]] = [:]
  /// Pages that belong to a table and are gone or overwritten, and rows in pages that cannot be read.
  private(set) var lostPages = 0
  private(set) var lostRows = 0

  private let file: PageFile
  private var reader: TreeReader
  private var seen: Set<Int> = []

  /// Reads a file: its pages, and by their columns' names the tables that another program laid out, where SQLite can
  /// open it.
  init(_ file: PageFile, _ recording: RecordingReader?) {
    self.file = file
    reader = TreeReader(file)
    let roots = roots()
    var missing = false
    for table in Schema.tables {
      if let rows = recording?.rowsByName(of: table) {
        for row in rows where !take(row, table) { lostRows += 1 }
      } else if let root = roots[table.name] {
        for row in walk(from: root) where !take(row, table) { lostRows += 1 }
      } else if !table.isOptional {
        missing = true
      }
    }
    if lostPages > 0 || missing { takeOrphans() }
  }

  /// The pages at which our tables begin.
  private mutating func roots() -> [String: Int] {
    var roots: [String: Int] = [:]
    for row in walk(from: 1) {
      guard row.values.count == 5, case .string("table") = row.values[0].storage,
        case .string(let name) = row.values[1].storage, case .int64(let root) = row.values[3].storage,
        root >= 2, Schema.tables.contains(where: { $0.name == name })
      else { continue }
      roots[name] = roots[name] ?? Int(root)
    }
    return roots
  }

  /// The rows of a tree that can be read.
  private mutating func walk(from root: Int) -> [SalvagedRow] {
    var found: [SalvagedRow] = []
    var waiting = [root]
    while let number = waiting.popLast() {
      guard seen.insert(number).inserted else { continue }
      guard let page = file.page(number), let kind = reader.kind(page, number: number) else {
        lostPages += 1
        continue
      }
      switch kind {
      case .interior(let children): waiting += children.reversed()
      case .leaf:
        let (rows, lost) = reader.rows(page, number: number)
        lostRows += lost
        found += rows
      }
    }
    return found
  }

  private mutating func take(_ row: SalvagedRow, _ table: Schema.Table) -> Bool {
    guard row.values.count == table.columnNames.count else { return false }
    var row = row
    if table.isNumbered, row.values[0].isNull {
      row = SalvagedRow(id: row.id, values: [row.id.databaseValue] + row.values.dropFirst())
    }
    rows[table.name, default: []].append(row)
    return true
  }

  /// Takes rows from leaves that no tree refers to any more, recognized by their contents.
  ///
  /// Where it is not known which pages are free, none are taken: they would bring back what the run gave up.
  private mutating func takeOrphans() {
    let free = file.freePages
    guard free.isWhole || !file.hasMark else { return }
    for number in file.pageNumbers where !seen.contains(number) && !free.pages.contains(number) {
      guard let page = file.page(number), case .leaf = reader.kind(page, number: number) else { continue }
      for row in reader.rows(page, number: number).rows {
        guard let table = RowShape.table(of: row) else { continue }
        _ = take(row, table)
      }
    }
  }
}

/// Tells which table a row is of by its columns.
enum RowShape {
  /// The table; nil for a row of none of them.
  static func table(of row: SalvagedRow) -> Schema.Table? {
    let letters = String(row.values.map(letter))
    switch row.values.count {
    case 2:
      switch letters {
      case "tt": return Schema.about
      case "nb": return Schema.graphs
      case "nn": return Schema.graphSpans
      case "ni":
        // Graphs are counted from 1, and a hash is any 64 bits.
        guard case .int64(let value) = row.values[1].storage else { return nil }
        return (0..<1 << 20).contains(value) ? Schema.graphSpans : Schema.hashes
      default: return nil
      }
    case 5: return letters.hasSuffix("b") ? Schema.wholeSteps : nil
    case 7: return letters.dropFirst(4).first == "t" ? Schema.keyframes : Schema.epochs
    case 8: return letters.hasSuffix("b") ? Schema.arrays : Schema.events
    case 10: return Schema.thumbnails
    case 11: return Schema.tensors
    case 21: return Schema.scalars
    default: return nil
    }
  }

  private static func letter(_ value: DatabaseValue) -> Character {
    switch value.storage {
    case .null: "n"
    case .int64, .double: "i"
    case .string: "t"
    case .blob: "b"
    }
  }
}
