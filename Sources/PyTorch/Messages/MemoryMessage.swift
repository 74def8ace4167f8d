import Trace

/// What the script's tensors take on devices.
struct MemoryMessage: Decodable, Sendable {
  private let devices: [DeviceMemory]

  /// The most devices that are shown.
  private static let mostDevices = 16
  /// The most characters of a device's name.
  private static let longestName = 40

  /// The devices with possible sizes, and names without control characters.
  var checked: [DeviceMemory] {
    devices.prefix(MemoryMessage.mostDevices).map { device in
      DeviceMemory(
        device: String(device.device.prefix(MemoryMessage.longestName)).withVisibleControls,
        allocated: max(0, device.allocated), reserved: device.reserved.map { max(0, $0) },
        total: device.total.map { max(0, $0) })
    }
  }
}
