/// What a run says of its optimizer, `SGD lr 0.1 momentum 0.9 zero_grad off`, word by word.
struct OptimizerText {
  /// The optimizer's name, `SGD`.
  let name: String
  /// Its settings by PyTorch's names, as they are written.
  private(set) var settings: [String: String] = [:]
  /// Whether gradients are reset in each step.
  let resetsGradients: Bool
  /// What else changes a step: clipping, a schedule.
  private(set) var others: [String] = []

  /// Reads the text.
  init(_ text: String) {
    resetsGradients = !text.contains("zero_grad off")
    // Of several optimizers none is the network's.
    guard !text.contains(", ") else {
      name = text
      return
    }
    let words = text.split(separator: " ").map(String.init)
    name = words.first ?? ""
    var place = 1
    while place < words.count {
      let next = place + 1 < words.count ? words[place + 1] : ""
      switch words[place] {
      case "lr", "momentum", "weight_decay":
        settings[words[place]] = next
        place += 2
      case "zero_grad": place += 2
      case "clip":
        others.append(words[place...].prefix(3).joined(separator: " "))
        place += 3
      default:
        others.append(words[place])
        place += 1
      }
    }
  }
}
