import Datasets

extension TableOptions {
  /// The options of the command line that say what was decided; those that take no value have an empty one.
  var words: [(option: String, value: String)] {
    var words: [(option: String, value: String)] = []
    func add(_ option: String, _ value: String?) {
      if let value { words.append((option, value)) }
    }
    add("--target", target?.rawValue)
    add("--task", task?.rawValue)
    add("--separator", separator?.rawValue)
    add("--header", hasHeader.map { $0 ? "yes" : "no" })
    add("--drop", drop.isEmpty ? nil : drop.joined(separator: ","))
    add("--missing", missing?.rawValue)
    add(standardizes == false ? "--no-standardize" : "--standardize", standardizes == nil ? nil : "")
    add("--validation", validation.map { "\($0)" })
    add("--test", test)
    return words
  }
}
